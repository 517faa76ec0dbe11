package org.callclear.app.stack;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * The registry's process. It lives as long as the process that started it: its standard input is a pipe from there,
 * which ends whatever way that process ends.
 */
@SuppressWarnings("SystemOut")
public final class RegistryMain {
    private static final int ORPHANED = 3;

    private RegistryMain() {}

    /** @param arguments the main class of the registry, a word that marks the process as ours, and the rest for it */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        InputStream parent = System.in;
        Thread watch = new Thread(() -> endWith(parent), "parent-watch");
        watch.setDaemon(true);
        watch.start();
        String[] rest = Arrays.copyOfRange(arguments, 2, arguments.length);
        try {
            // By name: the registry is a program of its own, on no class path of ours.
            Class.forName(arguments[0]).getMethod("main", String[].class).invoke(null, (Object) rest);
        } catch (InvocationTargetException e) {
            System.err.println("the registry's main failed: " + e.getCause());
            Runtime.getRuntime().halt(1);
        }
    }

    private static void endWith(InputStream parent) {
        try {
            while (parent.read() >= 0) {
                // Nothing is said on it.
            }
        } catch (IOException e) {
            // The pipe broke: the same as its end.
        }
        Thread limit = new Thread(RegistryMain::haltSoon, "halt");
        limit.setDaemon(true);
        limit.start();
        Runtime.getRuntime().exit(ORPHANED);
    }

    private static void haltSoon() {
        try {
            Thread.sleep(3_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(ORPHANED);
    }
}
