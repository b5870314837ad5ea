using System.Buffers.Binary;
using System.Net.Sockets;

namespace WebChat.Tests.Edge.Hosting;

public class KeepAliveTests
{
    private const byte PingFrame = 6;

    [Fact]
    public async Task A_gRPC_client_that_does_not_answer_the_servers_ping_is_disconnected()
    {
        await using var quick = await EdgeServer.Start(("WebChat:Sessions:Heartbeat", "00:00:01"));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(quick.Grpc.Host, quick.Grpc.Port, patience.Token);
        var stream = tcp.GetStream();
        // HTTP/2's preface and empty settings, and then silence.
        await stream.WriteAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray(), patience.Token);
        await stream.WriteAsync(new byte[] { 0, 0, 0, 4, 0, 0, 0, 0, 0 }, patience.Token);

        var frames = new List<byte>();
        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            while (true)
            {
                var head = new byte[9];
                await stream.ReadExactlyAsync(head, patience.Token);
                frames.Add(head[3]);
                await stream.ReadExactlyAsync(new byte[BinaryPrimitives.ReadInt32BigEndian(head) >> 8], patience.Token);
            }
        });
        Assert.Contains(PingFrame, frames);
    }
}
