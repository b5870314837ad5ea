using System.IO.Pipelines;
using Grpc.Core;
using Grpc.Net.Wire;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>The stream of responses, as the service writes it.</summary>
internal sealed class ResponseStream<T>(MessageWriter<T> writer, GrpcCallContext context) : IServerStreamWriter<T>
    where T : class
{
    private WriteOptions? _writeOptions;

    public WriteOptions? WriteOptions
    {
        get => _writeOptions ?? context.WriteOptions;
        set => _writeOptions = value;
    }

    public Task WriteAsync(T message) => WriteAsync(message, CancellationToken.None);

    public Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        if (message is null)
        {
            return Task.FromException(new ArgumentNullException(nameof(message)));
        }

        if (cancellationToken.IsCancellationRequested)
        {
            context.Reset();
            return Task.FromCanceled(cancellationToken);
        }

        if (!context.TryBeginWrite(out var error))
        {
            return Task.FromException(error);
        }

        ValueTask<FlushResult> flush;
        try
        {
            var options = WriteOptions;
            context.Write(writer, message, options);
            if ((options?.Flags & WriteFlags.BufferHint) is WriteFlags.BufferHint)
            {
                context.EndWrite();
                return Task.CompletedTask;
            }

            // The token does not go along: Kestrel would take the connection's fate from it. See WaitAsync.
            flush = context.HttpContext.Response.BodyWriter.FlushAsync(CancellationToken.None);
        }
        catch (Exception e)
        {
            context.EndWrite();
            return Task.FromException(e);
        }

        if (!flush.IsCompletedSuccessfully)
        {
            return context.PendingWrite = WaitAsync(flush, cancellationToken);
        }

        _ = flush.Result;
        context.EndWrite();
        return Task.CompletedTask;
    }

    private async Task WaitAsync(ValueTask<FlushResult> flush, CancellationToken cancellationToken)
    {
        try
        {
            // A message that is half written cannot be taken back, so cancelling its write cancels the call.
            await using var registration = cancellationToken.UnsafeRegister(static state => ((GrpcCallContext)state!).Reset(), context);
            await flush;
        }
        finally
        {
            context.EndWrite();
        }

        cancellationToken.ThrowIfCancellationRequested();
    }
}
