using Grpc.Core;

namespace WebChat.Tests.Standins.Grpc;

public class CallTests
{
    [Fact]
    public async Task A_unary_call_gives_the_response()
    {
        await using var host = await EchoHost.StartAsync();

        Assert.Equal("hello ☃", (await host.Client.SayAsync(new() { Text = "hello ☃" })).Text);
    }

    [Fact]
    public async Task A_blocking_call_gives_the_response()
    {
        await using var host = await EchoHost.StartAsync();

        Assert.Equal("hello", host.Client.Say(new() { Text = "hello" }).Text);
    }

    [Fact]
    public async Task An_empty_message_goes_both_ways()
    {
        await using var host = await EchoHost.StartAsync();

        Assert.Equal(new EchoMessage(), await host.Client.SayAsync(new()));
    }

    [Fact]
    public async Task A_message_larger_than_the_flow_control_window_goes_both_ways()
    {
        await using var host = await EchoHost.StartAsync();
        var text = new string('x', 3_000_000);

        Assert.Equal(text, (await host.Client.SayAsync(new() { Text = text })).Text);
    }

    [Fact]
    public async Task Many_calls_share_a_channel()
    {
        await using var host = await EchoHost.StartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 300).Select(i => host.Client.SayAsync(new() { Number = i }).ResponseAsync));

        Assert.Equal(Enumerable.Range(0, 300), answers.Select(a => a.Number));
    }

    [Fact]
    public async Task A_client_stream_is_read_to_its_end()
    {
        await using var host = await EchoHost.StartAsync();
        using var call = host.Client.Collect();

        foreach (var text in new[] { "a", "b", "c" })
        {
            await call.RequestStream.WriteAsync(new() { Text = text, Number = 2 });
        }

        await call.RequestStream.CompleteAsync();

        Assert.Equal(new EchoMessage { Text = "abc", Number = 6 }, await call);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task A_client_stream_may_be_empty()
    {
        await using var host = await EchoHost.StartAsync();
        using var call = host.Client.Collect();

        await call.RequestStream.CompleteAsync();

        Assert.Equal(new EchoMessage(), await call);
    }

    [Fact]
    public async Task A_server_stream_comes_in_order_and_ends()
    {
        await using var host = await EchoHost.StartAsync();
        using var call = host.Client.Repeat(new() { Number = 5000, Text = "x" });

        var numbers = await call.ResponseStream.ReadAllAsync().Select(m => m.Number).ToListAsync();

        Assert.Equal(Enumerable.Range(1, 5000), numbers);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
        Assert.False(await call.ResponseStream.MoveNext());
    }

    [Fact]
    public async Task A_server_stream_may_be_empty()
    {
        await using var host = await EchoHost.StartAsync();
        using var call = host.Client.Repeat(new());

        Assert.False(await call.ResponseStream.MoveNext());
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task A_duplex_stream_answers_each_message_before_the_next_is_sent()
    {
        await using var host = await EchoHost.StartAsync();
        using var call = host.Client.Talk();

        for (var i = 0; i < 200; i++)
        {
            await call.RequestStream.WriteAsync(new() { Number = i });
            Assert.True(await call.ResponseStream.MoveNext());
            Assert.Equal(i, call.ResponseStream.Current.Number);
        }

        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext());
    }

    [Fact]
    public async Task A_server_may_speak_first_on_a_duplex_stream()
    {
        await using var host = await EchoHost.StartAsync(new()
        {
            OnTalk = async (requests, responses, _) =>
            {
                await responses.WriteAsync(new() { Text = "welcome" });
                await requests.MoveNext();
                await responses.WriteAsync(requests.Current);
            },
        });
        using var call = host.Client.Talk();

        Assert.True(await call.ResponseStream.MoveNext());
        Assert.Equal("welcome", call.ResponseStream.Current.Text);
        await call.RequestStream.WriteAsync(new() { Text = "thanks" });
        Assert.True(await call.ResponseStream.MoveNext());
        Assert.Equal("thanks", call.ResponseStream.Current.Text);
        Assert.False(await call.ResponseStream.MoveNext());
    }

    [Fact]
    public async Task A_duplex_stream_carries_many_messages_both_ways_at_once()
    {
        await using var host = await EchoHost.StartAsync();
        using var call = host.Client.Talk();

        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < 20_000; i++)
            {
                await call.RequestStream.WriteAsync(new() { Number = i, Text = "some text to make it longer" });
            }

            await call.RequestStream.CompleteAsync();
        });
        var numbers = await call.ResponseStream.ReadAllAsync().Select(m => m.Number).ToListAsync();
        await writing;

        Assert.Equal(Enumerable.Range(0, 20_000), numbers);
    }

    [Fact]
    public async Task A_service_may_end_a_duplex_call_while_the_client_still_writes()
    {
        await using var host = await EchoHost.StartAsync(new()
        {
            OnTalk = async (requests, _, _) =>
            {
                await requests.MoveNext();
                throw new RpcException(new Status(StatusCode.ResourceExhausted, "enough"));
            },
        });
        using var call = host.Client.Talk();
        await call.RequestStream.WriteAsync(new());

        var failure = await EchoHost.FailureOf(() => call.ResponseStream.MoveNext());

        Assert.Equal(StatusCode.ResourceExhausted, failure.StatusCode);
        Assert.Equal("enough", failure.Status.Detail);
        Assert.Equal(StatusCode.ResourceExhausted, (await EchoHost.FailureOf(() => call.RequestStream.WriteAsync(new()))).StatusCode);
    }

    [Fact]
    public async Task Two_writes_at_once_are_refused()
    {
        var refused = new TaskCompletionSource<Exception?>();
        await using var host = await EchoHost.StartAsync(new()
        {
            OnRepeat = async (_, responses, context) =>
            {
                // Nobody reads: sooner or later a write has to wait, and then another is one too many.
                var large = new EchoMessage { Text = new string('x', 100_000) };
                var write = Task.CompletedTask;
                while (write.IsCompleted)
                {
                    write = responses.WriteAsync(large);
                }

                refused.SetResult(await Record.ExceptionAsync(() => responses.WriteAsync(large)));
                await write;
            },
        });
        using var call = host.Client.Repeat(new());

        Assert.IsType<InvalidOperationException>(await refused.Task);
        await foreach (var message in call.ResponseStream.ReadAllAsync())
        {
            Assert.Equal(100_000, message.Text.Length);
        }
    }

    [Fact]
    public async Task A_write_that_the_service_leaves_behind_is_still_sent()
    {
        await using var host = await EchoHost.StartAsync(new()
        {
            OnRepeat = (_, responses, _) =>
            {
                var large = new EchoMessage { Text = new string('x', 100_000) };
                while (responses.WriteAsync(large).IsCompleted)
                {
                }

                return Task.CompletedTask;
            },
        });
        using var call = host.Client.Repeat(new());

        await foreach (var message in call.ResponseStream.ReadAllAsync())
        {
            Assert.Equal(100_000, message.Text.Length);
        }

        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task A_completed_client_stream_takes_no_more_messages()
    {
        await using var host = await EchoHost.StartAsync();
        using var call = host.Client.Collect();
        await call.RequestStream.CompleteAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => call.RequestStream.WriteAsync(new()));
    }

    [Fact]
    public async Task The_status_is_not_there_before_the_end()
    {
        await using var host = await EchoHost.StartAsync();
        using var call = host.Client.Talk();

        Assert.Throws<InvalidOperationException>(() => call.GetStatus());
        Assert.Throws<InvalidOperationException>(() => call.GetTrailers());
    }

    [Fact]
    public async Task Nobody_listening_is_Unavailable()
    {
        var host = await EchoHost.StartAsync();
        await host.DisposeAsync();
        using var channel = global::Grpc.Net.Client.GrpcChannel.ForAddress(host.Address);

        var failure = await EchoHost.FailureOf(async () => await new Echo.EchoClient(channel).SayAsync(new()));

        Assert.Equal(StatusCode.Unavailable, failure.StatusCode);
    }

    [Fact]
    public async Task A_disposed_channel_ends_its_calls_and_makes_no_more()
    {
        await using var host = await EchoHost.StartAsync();
        using var call = host.Client.Talk();
        var reading = call.ResponseStream.MoveNext();

        host.Channel.Dispose();

        Assert.Equal(StatusCode.Cancelled, (await EchoHost.FailureOf(() => reading)).StatusCode);
        Assert.Throws<ObjectDisposedException>(() => { host.Client.SayAsync(new()); });
    }
}
