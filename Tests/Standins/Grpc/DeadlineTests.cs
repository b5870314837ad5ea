using Grpc.Core;

namespace WebChat.Tests.Standins.Grpc;

public class DeadlineTests
{
    [Fact]
    public async Task A_deadline_reaches_the_service_and_ends_its_call()
    {
        var seen = new TaskCompletionSource<DateTime>();
        var cancelled = new TaskCompletionSource();
        await using var host = await EchoHost.StartAsync(new()
        {
            OnSay = async (request, context) =>
            {
                seen.SetResult(context.Deadline);
                await using var registration = context.CancellationToken.Register(cancelled.SetResult);
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
                return request;
            },
        });
        var deadline = DateTime.UtcNow.AddSeconds(1);

        var failure = await EchoHost.FailureOf(async () => await host.Client.SayAsync(new(), deadline: deadline));

        Assert.Equal(StatusCode.DeadlineExceeded, failure.StatusCode);
        Assert.Equal(DateTimeKind.Utc, (await seen.Task).Kind);
        Assert.InRange(await seen.Task, deadline.AddSeconds(-5), deadline.AddSeconds(5));
        await cancelled.Task;
    }

    [Fact]
    public async Task Without_a_deadline_there_is_none()
    {
        DateTime? seen = null;
        await using var host = await EchoHost.StartAsync(new()
        {
            OnSay = (request, context) =>
            {
                seen = context.Deadline;
                return Task.FromResult(request);
            },
        });

        await host.Client.SayAsync(new());

        Assert.Equal(DateTime.MaxValue, seen);
    }

    [Fact]
    public async Task The_server_answers_at_the_deadline_even_if_the_service_does_not()
    {
        var release = new TaskCompletionSource<EchoMessage>();
        await using var host = await EchoHost.StartAsync(new() { OnSay = (_, _) => release.Task });

        var response = await host.SendRawAsync("/webchat.tests.echo.v1.Echo/Say", Frames.Of(new EchoMessage()), r => r.Headers.Add("grpc-timeout", "100m"));
        release.SetResult(new());

        Assert.Equal("4", response.Headers["grpc-status"]);
    }

    [Fact]
    public async Task A_stream_whose_deadline_passes_ends_with_it_after_its_messages()
    {
        await using var host = await EchoHost.StartAsync(new()
        {
            OnRepeat = async (_, responses, context) =>
            {
                await responses.WriteAsync(new() { Number = 1 });
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
            },
        });

        var response = await host.SendRawAsync("/webchat.tests.echo.v1.Echo/Repeat", Frames.Of(new EchoMessage()), r => r.Headers.Add("grpc-timeout", "1S"));

        Assert.Equal(Frames.Of(new EchoMessage { Number = 1 }), response.Body);
        Assert.Equal("4", response.Trailers["grpc-status"]);
    }

    [Fact]
    public async Task After_the_deadline_nothing_more_can_be_written()
    {
        var late = new TaskCompletionSource<Exception?>();
        await using var host = await EchoHost.StartAsync(new()
        {
            OnRepeat = async (_, responses, context) =>
            {
                var passed = new TaskCompletionSource();
                await using var registration = context.CancellationToken.Register(passed.SetResult);
                await passed.Task;
                late.SetResult(await Record.ExceptionAsync(() => responses.WriteAsync(new())));
            },
        });
        using var call = host.Client.Repeat(new(), deadline: DateTime.UtcNow.AddSeconds(1));

        Assert.Equal(StatusCode.DeadlineExceeded, (await EchoHost.FailureOf(() => call.ResponseStream.MoveNext())).StatusCode);
        Assert.IsType<InvalidOperationException>(await late.Task);
    }

    [Fact]
    public async Task A_deadline_that_has_passed_already_spares_the_server_the_call()
    {
        var called = false;
        await using var host = await EchoHost.StartAsync(new()
        {
            OnSay = (request, _) =>
            {
                called = true;
                return Task.FromResult(request);
            },
        });

        var failure = await EchoHost.FailureOf(async () => await host.Client.SayAsync(new(), deadline: DateTime.UtcNow.AddSeconds(-1)));

        Assert.Equal(StatusCode.DeadlineExceeded, failure.StatusCode);
        Assert.False(called);
    }

    [Fact]
    public async Task A_deadline_in_local_time_is_refused()
    {
        await using var host = await EchoHost.StartAsync();

        Assert.Throws<InvalidOperationException>(() => { host.Client.SayAsync(new(), deadline: DateTime.Now.AddMinutes(1)); });
    }

    [Theory]
    [InlineData("99999999H")]
    [InlineData("8640000S")]
    [InlineData("99999999u")]
    [InlineData("2000000000n")]
    [InlineData("not a time")]
    [InlineData("5")]
    [InlineData("123456789m")]
    public async Task A_far_or_unreadable_time_out_does_not_end_the_call(string timeout)
    {
        await using var host = await EchoHost.StartAsync();

        var response = await host.SendRawAsync("/webchat.tests.echo.v1.Echo/Say", Frames.Of(new EchoMessage()), r => r.Headers.TryAddWithoutValidation("grpc-timeout", timeout));

        Assert.Equal("0", response.Trailers["grpc-status"]);
    }

    [Fact]
    public async Task A_far_deadline_goes_along_with_the_call()
    {
        await using var host = await EchoHost.StartAsync(new()
        {
            OnSay = (_, context) => Task.FromResult(new EchoMessage { Number = (int)Math.Round((context.Deadline - DateTime.UtcNow).TotalDays) }),
        });

        Assert.Equal(400, (await host.Client.SayAsync(new(), deadline: DateTime.UtcNow.AddDays(400))).Number);
        Assert.Equal(new EchoMessage().Number, (await new Echo.EchoClient(host.Channel).SayAsync(new(), deadline: DateTime.UtcNow.AddMinutes(10))).Number);
    }
}
