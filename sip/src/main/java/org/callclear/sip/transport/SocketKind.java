package org.callclear.sip.transport;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;

/**
 * Which of Netty's socket families is used.
 *
 * @param handler what drives the loop
 * @param datagram UDP
 * @param server TCP, listening
 * @param stream TCP, connected
 */
public record SocketKind(
        IoHandlerFactory handler,
        Class<? extends DatagramChannel> datagram,
        Class<? extends ServerSocketChannel> server,
        Class<? extends SocketChannel> stream) {
    /** Epoll where the system has it, else the portable one. */
    public static SocketKind best() {
        return Epoll.isAvailable()
                ? new SocketKind(
                        EpollIoHandler.newFactory(),
                        EpollDatagramChannel.class,
                        EpollServerSocketChannel.class,
                        EpollSocketChannel.class)
                : portable();
    }

    /** Java's own selectors. */
    public static SocketKind portable() {
        return new SocketKind(
                NioIoHandler.newFactory(),
                NioDatagramChannel.class,
                NioServerSocketChannel.class,
                NioSocketChannel.class);
    }
}
