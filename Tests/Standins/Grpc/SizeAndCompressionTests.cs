using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace WebChat.Tests.Standins.Grpc;

public class SizeAndCompressionTests
{
    private const string Say = "/webchat.tests.echo.v1.Echo/Say";

    [Fact]
    public async Task A_request_over_the_servers_limit_is_ResourceExhausted()
    {
        await using var host = await EchoHost.StartAsync(grpc: grpc => grpc.MaxReceiveMessageSize = 100);

        var failure = await EchoHost.FailureOf(async () => await host.Client.SayAsync(new() { Text = new string('x', 200) }));

        Assert.Equal(StatusCode.ResourceExhausted, failure.StatusCode);
        Assert.Equal("ok", (await host.Client.SayAsync(new() { Text = "ok" })).Text);
    }

    [Fact]
    public async Task A_request_over_4_MiB_is_ResourceExhausted_unless_that_is_changed()
    {
        var text = new string('x', 5_000_000);
        await using var narrow = await EchoHost.StartAsync();
        await using var wide = await EchoHost.StartAsync(grpc: grpc => grpc.MaxReceiveMessageSize = null, channel: new() { MaxReceiveMessageSize = null });

        Assert.Equal(StatusCode.ResourceExhausted, (await EchoHost.FailureOf(async () => await narrow.Client.SayAsync(new() { Text = text }))).StatusCode);
        Assert.Equal(text, (await wide.Client.SayAsync(new() { Text = text })).Text);
    }

    [Fact]
    public async Task A_response_over_the_servers_limit_is_ResourceExhausted()
    {
        await using var host = await EchoHost.StartAsync(grpc: grpc => grpc.MaxSendMessageSize = 100);

        Assert.Equal(StatusCode.ResourceExhausted, (await EchoHost.FailureOf(async () => await host.Client.SayAsync(new() { Text = new string('x', 200) }))).StatusCode);
    }

    [Fact]
    public async Task A_client_has_limits_of_its_own()
    {
        await using var host = await EchoHost.StartAsync(
            new() { OnRepeat = (_, responses, _) => responses.WriteAsync(new() { Text = new string('x', 200) }) },
            channel: new() { MaxReceiveMessageSize = 100, MaxSendMessageSize = 150 });
        using var call = host.Client.Repeat(new());

        Assert.Equal(StatusCode.ResourceExhausted, (await EchoHost.FailureOf(() => call.ResponseStream.MoveNext())).StatusCode);
        Assert.Equal(StatusCode.ResourceExhausted, (await EchoHost.FailureOf(async () => await host.Client.SayAsync(new() { Text = new string('x', 200) }))).StatusCode);
    }

    [Fact]
    public async Task The_options_of_a_service_win_over_those_of_all()
    {
        await using var host = await EchoHost.StartAsync(
            grpc: grpc => grpc.MaxReceiveMessageSize = 100,
            services: services => services.AddGrpc().AddServiceOptions<ScriptedEcho>(options => options.MaxReceiveMessageSize = 1000));

        Assert.Equal(200, (await host.Client.SayAsync(new() { Text = new string('x', 200) })).Text.Length);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task Responses_are_compressed_for_a_client_that_accepts_it(string encoding)
    {
        await using var host = await EchoHost.StartAsync(grpc: grpc => grpc.ResponseCompressionAlgorithm = encoding);
        var message = new EchoMessage { Text = new string('x', 10_000) };

        var accepted = await host.SendRawAsync(Say, Frames.Of(message), r => r.Headers.Add("grpc-accept-encoding", $"identity, {encoding}"));
        var refused = await host.SendRawAsync(Say, Frames.Of(message));

        Assert.Equal(encoding, accepted.Headers["grpc-encoding"]);
        Assert.Equal(1, accepted.Body[0]);
        Assert.True(accepted.Body.Length < 1000);
        Assert.Equal(Frames.Of(message), refused.Body);
        Assert.Equal(message, await host.Client.SayAsync(message));
    }

    [Fact]
    public async Task A_message_written_with_NoCompress_is_not_compressed()
    {
        await using var host = await EchoHost.StartAsync(
            new()
            {
                OnRepeat = async (request, responses, context) =>
                {
                    responses.WriteOptions = new WriteOptions(WriteFlags.NoCompress);
                    await responses.WriteAsync(request);
                    responses.WriteOptions = null;
                    await responses.WriteAsync(request);
                },
            },
            grpc => grpc.ResponseCompressionAlgorithm = "gzip");
        var message = new EchoMessage { Text = new string('x', 1000) };

        var response = await host.SendRawAsync("/webchat.tests.echo.v1.Echo/Repeat", Frames.Of(message), r => r.Headers.Add("grpc-accept-encoding", "gzip"));

        Assert.Equal(Frames.Of(message), response.Body[..Frames.Of(message).Length]);
        Assert.Equal(1, response.Body[Frames.Of(message).Length]);
    }

    // Once an empty message was sent as a compressed one of no bytes, which is no gzip, and Node's client refused it.
    [Fact]
    public async Task An_empty_message_is_not_compressed()
    {
        await using var host = await EchoHost.StartAsync(grpc: grpc => grpc.ResponseCompressionAlgorithm = "gzip");

        var response = await host.SendRawAsync(Say, Frames.Of(new EchoMessage()), r => r.Headers.Add("grpc-accept-encoding", "gzip"));

        Assert.Equal(Frames.Of(new EchoMessage()), response.Body);
    }

    [Fact]
    public async Task A_client_may_compress_its_requests()
    {
        string? encoding = null;
        await using var host = await EchoHost.StartAsync(new()
        {
            OnSay = (request, context) =>
            {
                encoding = context.GetHttpContext().Request.Headers["grpc-encoding"];
                return Task.FromResult(request);
            },
        });
        var message = new EchoMessage { Text = new string('x', 10_000) };

        Assert.Equal(message, await host.Client.SayAsync(message, new Metadata { { "grpc-internal-encoding-request", "gzip" } }));
        Assert.Equal("gzip", encoding);
    }

    [Fact]
    public async Task A_compressed_request_is_unpacked()
    {
        await using var host = await EchoHost.StartAsync();
        var message = new EchoMessage { Text = new string('x', 10_000) };

        var response = await host.SendRawAsync(Say, Frames.Of(Frames.Gzip(message.ToByteArray()), flag: 1), r => r.Headers.Add("grpc-encoding", "gzip"));

        Assert.Equal(Frames.Of(message), response.Body);
    }

    [Fact]
    public async Task A_small_message_that_unpacks_to_a_huge_one_is_ResourceExhausted()
    {
        await using var host = await EchoHost.StartAsync();

        var response = await host.SendRawAsync(Say, Frames.Of(Frames.Gzip(new byte[50_000_000]), flag: 1), r => r.Headers.Add("grpc-encoding", "gzip"));

        Assert.Equal("8", response.Headers["grpc-status"]);
    }

    [Fact]
    public async Task An_unknown_encoding_is_Unimplemented_and_the_known_ones_are_told()
    {
        await using var host = await EchoHost.StartAsync();

        var response = await host.SendRawAsync(Say, Frames.Of([1, 2, 3], flag: 1), r => r.Headers.Add("grpc-encoding", "brotli"));

        Assert.Equal("12", response.Status);
        Assert.Contains("gzip", response.Headers["grpc-accept-encoding"]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("gzip")]
    public async Task A_message_that_is_not_compressed_as_it_says_is_an_error(string? encoding)
    {
        await using var host = await EchoHost.StartAsync();

        var response = await host.SendRawAsync(Say, Frames.Of([1, 2, 3, 4], flag: 1), r => r.Headers.TryAddWithoutValidation("grpc-encoding", encoding ?? "identity"));

        Assert.NotEqual("0", response.Status);
    }

    [Fact]
    public async Task An_unknown_response_compression_is_refused_at_start()
    {
        await Assert.ThrowsAnyAsync<Exception>(() => EchoHost.StartAsync(grpc: grpc => grpc.ResponseCompressionAlgorithm = "brotli"));
    }
}
