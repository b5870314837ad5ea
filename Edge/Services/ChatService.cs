using System.Globalization;
using System.Net.Http.Headers;
using Grpc.Core;
using WebChat.Actors.Connections;
using WebChat.Edge.Sessions;
using WebChat.V1;

namespace WebChat.Edge.Services;

/// <summary>The real-time stream over gRPC.</summary>
public sealed class ChatService(SessionGate gate, TimeProvider time) : ChatStream.Base
{
    /// <summary>The trailer with the <see cref="CloseCode"/>, which tells more than the status.</summary>
    public const string CloseCodeTrailer = "webchat-close-code";

    /// <summary>How long a single frame may take to be sent before the client counts as dead.</summary>
    private static readonly TimeSpan SendPatience = TimeSpan.FromSeconds(20);

    public override async Task Connect(IAsyncStreamReader<InboundFrame> requests, IServerStreamWriter<OutboundFrame> responses, ServerCallContext context)
    {
        using var transport = gate.Enter(context.GetHttpContext());
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        var reading = Read(requests, transport, context, end);
        try
        {
            await Write(responses, transport.Queue, context, end.Token);
        }
        finally
        {
            await end.CancelAsync();
            await reading;
        }
    }

    /// <summary>Hands on the frames of the client. When it has ended its half of the stream, they are still answered.</summary>
    private static async Task Read(IAsyncStreamReader<InboundFrame> requests, Transport transport, ServerCallContext context, CancellationTokenSource end)
    {
        try
        {
            while (await requests.MoveNext(end.Token))
            {
                var frame = requests.Current;
                if (frame.Frame is { BodyCase: ClientFrame.BodyOneofCase.Hello, Hello: { AccessToken: "" } hello })
                    hello.AccessToken = Bearer(context) ?? "";
                await transport.ReceiveAsync(frame);
            }

            transport.EndInput();
            return;
        }
        catch (Exception refused) when (!end.IsCancellationRequested && refused is RpcException or InvalidDataException or IOException)
        {
            // gRPC itself would not take the message, or its prefix; the stream stays until the client is told why it closes.
            var isTooLarge = refused is IOException or RpcException { StatusCode: StatusCode.ResourceExhausted };
            await transport.ReceiveAsync(isTooLarge ? InboundFrame.TooLarge : InboundFrame.Unreadable);
            return;
        }
        catch (Exception gone) when (IsTransportEnd(gone))
        {
            // The half that ended the stream has told the other one already.
        }
        await end.CancelAsync();
    }

    /// <summary>Sends queued frames until the queue is closed or the client is gone.</summary>
    private async Task Write(IServerStreamWriter<OutboundFrame> responses, OutboundQueue queue, ServerCallContext context, CancellationToken end)
    {
        await using var stalled = time.CreateTimer(_ => context.GetHttpContext().Abort(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        try
        {
            while (await queue.WaitToReadAsync(end))
            {
                while (queue.TryRead(out var frame))
                {
                    var sending = responses.WriteAsync(frame, CancellationToken.None);
                    if (sending.IsCompletedSuccessfully)
                        continue;
                    stalled.Change(SendPatience, Timeout.InfiniteTimeSpan);
                    await sending;
                    stalled.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                }
            }
        }
        catch (Exception gone) when (end.IsCancellationRequested && IsTransportEnd(gone) || gone is IOException)
        {
            return;
        }

        if (queue.Closed is not CloseCode.Normal)
            throw Closed(queue.Closed ?? CloseCode.Internal);
    }

    private static string? Bearer(ServerCallContext context) =>
        AuthenticationHeaderValue.TryParse(context.RequestHeaders.GetValue("authorization"), out var header)
        && header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase) ? header.Parameter : null;

    private static RpcException Closed(CloseCode code)
    {
        var reason = CloseReason.Of(code);
        return new(new Status(reason.Grpc, reason.Words), new Metadata { { CloseCodeTrailer, ((int)code).ToString(CultureInfo.InvariantCulture) } });
    }

    /// <summary>Whether this is how a stream ends that the client or the network has cut, or that has been ended here.</summary>
    private static bool IsTransportEnd(Exception exception) =>
        exception is OperationCanceledException or IOException or InvalidDataException or InvalidOperationException or RpcException;
}
