package dev.smartrouter.k3s;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The cluster's DNS for a headless Service: an address for each pod that is there, and that there is none for others. */
final class AgentNames implements AutoCloseable {
    static final String DOMAIN = ".voice-agent.voice-system.svc.cluster.local";

    private static final int HEADER = 12;
    private static final int NO_SUCH_NAME = 3;

    private final DatagramSocket socket;
    private final Map<String, InetAddress> pods = new ConcurrentHashMap<>();
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();

    AgentNames() {
        try {
            socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().name("dns").start(this::serve);
    }

    String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    void put(String pod, InetAddress address) {
        pods.put(pod + DOMAIN, address);
    }

    void remove(String pod) {
        pods.remove(pod + DOMAIN);
    }

    /** Every name that somebody wanted to know. */
    Queue<String> asked() {
        return asked;
    }

    private void serve() {
        var packet = new DatagramPacket(new byte[512], 512);
        while (!socket.isClosed()) {
            try {
                packet.setLength(512);
                socket.receive(packet);
                var reply = answer(ByteBuffer.wrap(packet.getData(), 0, packet.getLength()));
                socket.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    /** RFC 1035, section 4, for one question of type A. */
    private byte[] answer(ByteBuffer query) throws IOException {
        var id = query.getShort();
        query.position(HEADER);
        var name = new StringBuilder();
        for (var length = query.get(); length > 0; length = query.get()) {
            var label = new byte[length];
            query.get(label);
            if (!name.isEmpty()) name.append('.');
            name.append(new String(label, StandardCharsets.US_ASCII));
        }
        asked.add(name.toString());
        var question = new byte[query.position() + 4 - HEADER];
        query.get(HEADER, question);
        var address = pods.get(name.toString());

        var reply = new ByteArrayOutputStream();
        reply.write(ByteBuffer.allocate(HEADER)
                .putShort(id)
                .putShort((short) (0x8180 | (address == null ? NO_SUCH_NAME : 0)))
                .putShort((short) 1)
                .putShort((short) (address == null ? 0 : 1))
                .array());
        reply.write(question);
        if (address != null) {
            reply.write(ByteBuffer.allocate(16)
                    .putShort((short) 0xC00C) // the name of the question
                    .putShort((short) 1)
                    .putShort((short) 1)
                    .putInt(0) // seconds it may be kept
                    .putShort((short) 4)
                    .put(address.getAddress())
                    .array());
        }
        return reply.toByteArray();
    }

    @Override
    public void close() {
        socket.close();
    }
}
