using Grpc.Core;

namespace WebChat.Tests.Standins.Grpc;

public class MetadataTests
{
    [Fact]
    public async Task Headers_reach_the_service_as_text_and_as_bytes()
    {
        Metadata? seen = null;
        await using var host = await EchoHost.StartAsync(new()
        {
            OnSay = (request, context) =>
            {
                seen = context.RequestHeaders;
                return Task.FromResult(request);
            },
        });
        var bytes = Enumerable.Range(0, 256).Select(i => (byte)i).ToArray();

        await host.Client.SayAsync(new(), new Metadata { { "X-Text", "some text" }, { "x-data-bin", bytes }, { "x-empty-bin", Array.Empty<byte>() } }, DateTime.UtcNow.AddMinutes(1));

        Assert.NotNull(seen);
        Assert.Equal("some text", seen.GetValue("x-text"));
        Assert.Equal(bytes, seen.GetValueBytes("x-data-bin"));
        Assert.Empty(seen.GetValueBytes("x-empty-bin")!);
        Assert.DoesNotContain(seen, e => e.Key.StartsWith(':') || e.Key is "grpc-timeout");
    }

    [Fact]
    public async Task Response_headers_come_before_the_first_message()
    {
        var goOn = new TaskCompletionSource();
        await using var host = await EchoHost.StartAsync(new()
        {
            OnRepeat = async (_, responses, context) =>
            {
                await context.WriteResponseHeadersAsync([new("x-early", "yes"), new("x-early-bin", [1, 2, 3])]);
                await goOn.Task;
                await responses.WriteAsync(new());
            },
        });
        using var call = host.Client.Repeat(new());

        var headers = await call.ResponseHeadersAsync;
        goOn.SetResult();

        Assert.Equal("yes", headers.GetValue("x-early"));
        Assert.Equal([1, 2, 3], headers.GetValueBytes("x-early-bin"));
        Assert.True(await call.ResponseStream.MoveNext());
    }

    [Fact]
    public async Task Response_headers_are_sent_once()
    {
        Exception? second = null;
        await using var host = await EchoHost.StartAsync(new()
        {
            OnSay = async (request, context) =>
            {
                await context.WriteResponseHeadersAsync([]);
                second = await Record.ExceptionAsync(() => context.WriteResponseHeadersAsync([]));
                return request;
            },
        });

        await host.Client.SayAsync(new());

        Assert.IsType<InvalidOperationException>(second);
    }

    [Fact]
    public async Task Trailers_come_with_the_status()
    {
        await using var host = await EchoHost.StartAsync(new()
        {
            OnSay = (request, context) =>
            {
                context.ResponseTrailers.Add("x-trailer", "end");
                context.ResponseTrailers.Add("x-trailer-bin", [255, 0]);
                return Task.FromResult(request);
            },
        });
        using var call = host.Client.SayAsync(new());

        await call;

        Assert.Equal("end", call.GetTrailers().GetValue("x-trailer"));
        Assert.Equal([255, 0], call.GetTrailers().GetValueBytes("x-trailer-bin"));
        Assert.DoesNotContain(call.GetTrailers(), e => e.Key.StartsWith("grpc-"));
    }

    [Fact]
    public async Task Trailers_of_an_error_come_with_its_exception()
    {
        await using var host = await EchoHost.StartAsync(new()
        {
            OnSay = (_, context) =>
            {
                context.ResponseTrailers.Add("x-context", "1");
                throw new RpcException(new Status(StatusCode.Aborted, ""), new Metadata { { "x-exception", "2" } });
            },
        });

        var failure = await EchoHost.FailureOf(async () => await host.Client.SayAsync(new()));

        Assert.Equal("1", failure.Trailers.GetValue("x-context"));
        Assert.Equal("2", failure.Trailers.GetValue("x-exception"));
    }

    [Fact]
    public async Task A_service_knows_its_call()
    {
        string? method = null;
        string? host = null;
        string? peer = null;
        await using var server = await EchoHost.StartAsync(new()
        {
            OnSay = (request, context) =>
            {
                (method, host, peer) = (context.Method, context.Host, context.Peer);
                Assert.Equal("/webchat.tests.echo.v1.Echo/Say", context.GetHttpContext().Request.Path.Value);
                return Task.FromResult(request);
            },
        });

        await server.Client.SayAsync(new());

        Assert.Equal("/webchat.tests.echo.v1.Echo/Say", method);
        Assert.Equal(server.Address.Authority, host);
        Assert.StartsWith("ipv4:127.0.0.1:", peer);
    }

    [Fact]
    public void A_key_is_put_in_lower_case_and_checked()
    {
        Assert.Equal("some-key", new Metadata.Entry("Some-Key", "x").Key);
        Assert.Throws<ArgumentException>(() => new Metadata.Entry("no spaces", "x"));
        Assert.Throws<ArgumentException>(() => new Metadata.Entry("text-bin", "x"));
        Assert.Throws<ArgumentException>(() => new Metadata.Entry("bytes", [1]));
    }

    [Fact]
    public void The_last_entry_of_a_key_wins_and_empty_metadata_stays_empty()
    {
        var metadata = new Metadata { { "k", "1" }, { "k", "2" } };

        Assert.Equal("2", metadata.GetValue("K"));
        Assert.Null(metadata.Get("other"));
        Assert.Throws<InvalidOperationException>(() => Metadata.Empty.Add("k", "v"));
    }
}
