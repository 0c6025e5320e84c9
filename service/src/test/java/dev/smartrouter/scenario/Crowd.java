package dev.smartrouter.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** Many at the same time. */
final class Crowd {
    private Crowd() {}

    /** What came of doing it this often, all starting in the same moment; the first failure is thrown. */
    static <T> List<T> atOnce(int members, IntFunction<T> what) {
        var barrier = new CyclicBarrier(members);
        return each(members, member -> {
            barrier.await();
            return what.apply(member);
        });
    }

    /** A member of a crowd that may fail in any way. */
    interface Member<T> {
        T act(int member) throws Exception;
    }

    /**
     * Goes on while the test does something else. On a thread of its own: a small machine has a common pool of one
     * thread, and that is the Kubernetes client's.
     */
    static <T> CompletableFuture<T> meanwhile(Supplier<T> what) {
        return CompletableFuture.supplyAsync(what, task -> Thread.ofVirtual().start(task));
    }

    /** What came of each member's doing; the first failure is thrown once all have ended. */
    static <T> List<T> each(int members, Member<T> what) {
        var futures = new ArrayList<Future<T>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < members; i++) {
                var member = i;
                Callable<T> act = () -> what.act(member);
                futures.add(threads.submit(act));
            }
        }
        var outcomes = new ArrayList<T>();
        for (var future : futures) {
            try {
                outcomes.add(future.get());
            } catch (ExecutionException e) {
                if (e.getCause() instanceof AssertionError failed) throw failed;
                throw new AssertionError("a member of the crowd failed: " + e.getCause(), e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        return outcomes;
    }
}
