using Grpc.Core;

namespace WebChat.Tests.Standins.Grpc;

public class CancellationTests
{
    [Fact]
    public async Task A_cancelled_call_cancels_the_services_token()
    {
        var (echo, started, cancelled) = WaitingEcho();
        await using var host = await EchoHost.StartAsync(echo);
        using var cancellation = new CancellationTokenSource();
        using var call = host.Client.SayAsync(new(), cancellationToken: cancellation.Token);
        await started.Task;

        await cancellation.CancelAsync();

        Assert.Equal(StatusCode.Cancelled, (await EchoHost.FailureOf(async () => await call)).StatusCode);
        await cancelled.Task;
    }

    [Fact]
    public async Task A_disposed_call_cancels_the_services_token()
    {
        var (echo, started, cancelled) = WaitingEcho();
        await using var host = await EchoHost.StartAsync(echo);
        var call = host.Client.Talk();
        await started.Task;

        call.Dispose();

        await cancelled.Task;
        Assert.Equal(StatusCode.Cancelled, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task Cancelling_a_read_cancels_the_call()
    {
        var (echo, started, cancelled) = WaitingEcho();
        await using var host = await EchoHost.StartAsync(echo);
        using var cancellation = new CancellationTokenSource();
        using var call = host.Client.Talk();
        var reading = call.ResponseStream.MoveNext(cancellation.Token);
        await started.Task;

        await cancellation.CancelAsync();

        Assert.Equal(StatusCode.Cancelled, (await EchoHost.FailureOf(() => reading)).StatusCode);
        await cancelled.Task;
    }

    [Fact]
    public async Task A_cancelled_stream_fails_the_services_read()
    {
        var read = new TaskCompletionSource<Exception?>();
        var started = new TaskCompletionSource();
        await using var host = await EchoHost.StartAsync(new()
        {
            OnTalk = async (requests, _, _) =>
            {
                await requests.MoveNext();
                started.SetResult();
                read.SetResult(await Record.ExceptionAsync(() => requests.MoveNext()));
            },
        });
        using var call = host.Client.Talk();
        await call.RequestStream.WriteAsync(new());
        await started.Task;

        call.Dispose();

        Assert.True(await read.Task is IOException or OperationCanceledException);
    }

    [Fact]
    public async Task A_token_that_is_cancelled_already_spares_the_server_the_call()
    {
        await using var host = await EchoHost.StartAsync();

        var failure = await EchoHost.FailureOf(async () => await host.Client.SayAsync(new(), cancellationToken: new CancellationToken(true)));

        Assert.Equal(StatusCode.Cancelled, failure.StatusCode);
    }

    [Fact]
    public async Task Cancellation_throws_OperationCanceledException_where_that_is_asked_for()
    {
        var (echo, started, _) = WaitingEcho();
        await using var host = await EchoHost.StartAsync(echo, channel: new() { ThrowOperationCanceledOnCancellation = true });
        using var cancellation = new CancellationTokenSource();
        var call = host.Client.SayAsync(new(), cancellationToken: cancellation.Token);
        await started.Task;

        await cancellation.CancelAsync();

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await call);
        Assert.Equal(cancellation.Token, exception.CancellationToken);
    }

    [Fact]
    public async Task A_server_write_that_is_cancelled_ends_the_call()
    {
        await using var host = await EchoHost.StartAsync(new()
        {
            OnRepeat = async (_, responses, context) =>
            {
                using var giveUp = new CancellationTokenSource();
                var large = new EchoMessage { Text = new string('x', 100_000) };
                var write = Task.CompletedTask;
                while (write.IsCompleted)
                {
                    write = responses.WriteAsync(large, giveUp.Token);
                }

                await giveUp.CancelAsync();
                await write;
            },
        });
        using var call = host.Client.Repeat(new());

        var failure = await EchoHost.FailureOf(async () =>
        {
            await foreach (var message in call.ResponseStream.ReadAllAsync())
            {
                Assert.Equal(100_000, message.Text.Length);
            }
        });

        Assert.True(failure.StatusCode is StatusCode.Cancelled or StatusCode.Internal, failure.ToString());
    }

    private static (ScriptedEcho Echo, TaskCompletionSource Started, TaskCompletionSource Cancelled) WaitingEcho()
    {
        var started = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();

        async Task WaitAsync(ServerCallContext context)
        {
            await using var registration = context.CancellationToken.Register(cancelled.SetResult);
            started.SetResult();
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        }

        var echo = new ScriptedEcho
        {
            OnSay = async (request, context) =>
            {
                await WaitAsync(context);
                return request;
            },
            OnTalk = (_, _, context) => WaitAsync(context),
        };
        return (echo, started, cancelled);
    }
}
