package org.callclear.bench.child;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Looks at what this process takes while something is measured. */
public final class UseMeter implements AutoCloseable {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final long KIB = 1024;

    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "use-meter");
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicLong mostHeap = new AtomicLong();
    private final AtomicLong mostAfterCollection = new AtomicLong();
    private final long cpuBefore = cpu();
    private final long collectingBefore = collecting();
    private final long broker;
    private final long brokerBefore;

    /**
     * Starts to look.
     *
     * @param broker its process id
     */
    @SuppressWarnings("FutureReturnValueIgnored") // it looks until the meter is closed
    public UseMeter(long broker) {
        this.broker = broker;
        this.brokerBefore = JavaChild.cpuNanos(broker);
        looks.scheduleAtFixedRate(this::look, 0, 100, TimeUnit.MILLISECONDS);
    }

    /** What was taken so far. */
    public Use read() {
        look();
        return new Use(
                mostHeap.get(),
                mostAfterCollection.get(),
                rssPeak(),
                cpu() - cpuBefore,
                JavaChild.cpuNanos(broker) - brokerBefore,
                collecting() - collectingBefore);
    }

    private static long collecting() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
    }

    private void look() {
        long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        mostHeap.accumulateAndGet(used, Math::max);
        long after = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP && pool.getCollectionUsage() != null)
                .map(MemoryPoolMXBean::getCollectionUsage)
                .mapToLong(java.lang.management.MemoryUsage::getUsed)
                .sum();
        mostAfterCollection.accumulateAndGet(after, Math::max);
    }

    private static long cpu() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private static long rssPeak() {
        if (!Files.isReadable(STATUS)) {
            return 0;
        }
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * KIB)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }
}
