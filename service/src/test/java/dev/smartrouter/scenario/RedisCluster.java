package dev.smartrouter.scenario;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import redis.clients.jedis.util.JedisClusterCRC16;

/** A Redis cluster of masters alone, with the slots shared out among them. */
final class RedisCluster implements AutoCloseable {
    private static final int SLOTS = 16_384;

    private final List<RedisNode> nodes;

    private RedisCluster(List<RedisNode> nodes) {
        this.nodes = nodes;
    }

    static RedisCluster ofThree() {
        var cluster = new RedisCluster(Stream.generate(() -> RedisNode.start("--cluster-enabled", "yes"))
                .limit(3)
                .toList());
        cluster.join();
        return cluster;
    }

    private void join() {
        for (int i = 0; i < nodes.size(); i++) {
            try (var node = nodes.get(i).connect()) {
                node.clusterAddSlots(IntStream.range(from(i), from(i + 1)).toArray());
                for (var other : nodes) node.clusterMeet("127.0.0.1", other.port());
            }
        }
        for (var node : nodes) {
            Awaitility.await("the cluster").atMost(Duration.ofSeconds(15)).until(() -> {
                try (var redis = node.connect()) {
                    var info = redis.clusterInfo();
                    return info.contains("cluster_state:ok") && info.contains("cluster_slots_ok:" + SLOTS);
                }
            });
        }
    }

    private int from(int node) {
        return node * SLOTS / nodes.size();
    }

    List<RedisNode> nodes() {
        return nodes;
    }

    /** The node that has this key's slot. */
    RedisNode nodeOf(String key) {
        var slot = JedisClusterCRC16.getSlot(key);
        return IntStream.range(0, nodes.size())
                .filter(i -> slot < from(i + 1))
                .mapToObj(nodes::get)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        nodes.forEach(RedisNode::close);
    }
}
