using System.Net;
using Google.Protobuf;
using Grpc.Core;

namespace WebChat.Tests.Standins.Grpc;

public class WireTests
{
    private const string Say = "/webchat.tests.echo.v1.Echo/Say";

    [Fact]
    public async Task A_success_has_its_status_in_the_trailers()
    {
        await using var host = await EchoHost.StartAsync();
        var frame = Frames.Of(new EchoMessage { Text = "hello" });

        var response = await host.SendRawAsync(Say, frame);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/grpc", response.Headers["content-type"]);
        Assert.Equal(frame, response.Body);
        Assert.Equal("0", response.Trailers["grpc-status"]);
        Assert.DoesNotContain("grpc-message", response.Trailers.Keys);
        Assert.DoesNotContain("grpc-status", response.Headers.Keys);
    }

    [Fact]
    public async Task An_error_without_messages_is_headers_alone()
    {
        await using var host = await EchoHost.StartAsync(new() { OnSay = (_, _) => throw new RpcException(new Status(StatusCode.NotFound, "nö %")) });

        var response = await host.SendRawAsync(Say, Frames.Of(new EchoMessage()));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/grpc", response.Headers["content-type"]);
        Assert.Equal("5", response.Headers["grpc-status"]);
        Assert.Equal("n%C3%B6 %25", response.Headers["grpc-message"]);
        Assert.Empty(response.Body);
        Assert.Empty(response.Trailers);
    }

    [Fact]
    public async Task An_empty_stream_goes_well()
    {
        await using var host = await EchoHost.StartAsync();

        var response = await host.SendRawAsync("/webchat.tests.echo.v1.Echo/Repeat", Frames.Of(new EchoMessage()));

        Assert.Equal("0", response.Status);
        Assert.Empty(response.Body);
    }

    [Theory]
    [InlineData("application/grpc+proto")]
    [InlineData("application/grpc; charset=utf-8")]
    public async Task A_content_type_may_name_the_format(string contentType)
    {
        await using var host = await EchoHost.StartAsync();

        Assert.Equal("0", (await host.SendRawAsync(Say, Frames.Of(new EchoMessage()), contentType: contentType)).Trailers["grpc-status"]);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/grpc-web")]
    [InlineData("text/plain")]
    public async Task Another_content_type_is_refused(string contentType)
    {
        await using var host = await EchoHost.StartAsync();

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await host.SendRawAsync(Say, Frames.Of(new EchoMessage()), contentType: contentType)).StatusCode);
    }

    [Fact]
    public async Task HTTP_1_is_refused_with_a_reason()
    {
        await using var host = await EchoHost.StartAsync();
        using var http = new HttpClient();
        using var content = new ByteArrayContent(Frames.Of(new EchoMessage()));
        content.Headers.TryAddWithoutValidation("content-type", "application/grpc");

        using var response = await http.PostAsync(new Uri(host.Http1Address, Say), content);

        Assert.Equal(HttpStatusCode.UpgradeRequired, response.StatusCode);
        Assert.Contains("HTTP/", response.Headers.GetValues("grpc-message").Single());
    }

    public static TheoryData<byte[]> BadBodies() => new(
        [],
        [0, 0, 0],
        [0, 0, 0, 0, 9, 1, 2, 3],
        [7, 0, 0, 0, 0],
        [0, 0, 0, 0, 2, 255, 255],
        [.. Frames.Of(new EchoMessage()), .. Frames.Of(new EchoMessage())]);

    [Theory]
    [MemberData(nameof(BadBodies))]
    public async Task A_body_that_is_not_one_message_is_an_error(byte[] body)
    {
        await using var host = await EchoHost.StartAsync();

        Assert.Matches("^(2|13)$", (await host.SendRawAsync(Say, body)).Status);
    }

    [Fact]
    public async Task A_length_of_four_gigabytes_allocates_nothing()
    {
        await using var host = await EchoHost.StartAsync(grpc: grpc => grpc.MaxReceiveMessageSize = null);

        Assert.Matches("^(2|8)$", (await host.SendRawAsync(Say, [0, 255, 255, 255, 255, 1])).Status);
    }

    [Theory]
    [InlineData("AQ==", new byte[] { 1 })]
    [InlineData("AQ", new byte[] { 1 })]
    [InlineData("AQI", new byte[] { 1, 2 })]
    [InlineData("AQID", new byte[] { 1, 2, 3 })]
    public async Task A_binary_header_is_read_with_and_without_padding(string header, byte[] bytes) =>
        Assert.Equal([bytes], await BinaryHeaders(header));

    // The protocol lets a proxy join what came under one name.
    [Fact]
    public async Task Several_binary_headers_may_come_in_one() =>
        Assert.Equal([[1], [1], [1, 2], [1, 2, 3]], await BinaryHeaders("AQ==,AQ,AQI, AQID"));

    private static async Task<List<byte[]>> BinaryHeaders(string header)
    {
        var seen = new List<byte[]>();
        await using var host = await EchoHost.StartAsync(new()
        {
            OnSay = (request, context) =>
            {
                seen.AddRange(context.RequestHeaders.GetAll("x-bin").Select(e => e.ValueBytes));
                return Task.FromResult(request);
            },
        });

        await host.SendRawAsync(Say, Frames.Of(new EchoMessage()), r => r.Headers.TryAddWithoutValidation("x-bin", header));

        return seen;
    }

    [Fact]
    public async Task A_message_that_arrives_byte_by_byte_is_read()
    {
        await using var host = await EchoHost.StartAsync();
        var message = new EchoMessage { Text = "piecemeal" };
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(host.Address, Say))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new PiecemealContent(Frames.Of(message)),
        };
        request.Content.Headers.TryAddWithoutValidation("content-type", "application/grpc");

        using var response = await http.SendAsync(request);

        Assert.Equal(Frames.Of(message), await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_client_reads_several_messages_that_arrive_in_odd_pieces()
    {
        var frames = Enumerable.Range(1, 50).SelectMany(i => Frames.Of(new EchoMessage { Number = i, Text = new string('x', i) })).ToArray();
        await using var host = await EchoHost.StartAsync(map: app => Microsoft.AspNetCore.Builder.RunExtensions.Run(app, async context =>
        {
            context.Response.ContentType = "application/grpc";
            foreach (var piece in frames.Chunk(7))
            {
                await context.Response.Body.WriteAsync(piece);
                await context.Response.Body.FlushAsync();
            }

            Microsoft.AspNetCore.Http.ResponseTrailerExtensions.AppendTrailer(context.Response, "grpc-status", "0");
        }));
        using var call = host.Client.Repeat(new());

        Assert.Equal(Enumerable.Range(1, 50), await call.ResponseStream.ReadAllAsync().Select(m => m.Number).ToListAsync());
    }

    [Fact]
    public async Task A_response_without_a_status_is_an_error()
    {
        await using var host = await EchoHost.StartAsync(map: app => Microsoft.AspNetCore.Builder.RunExtensions.Run(app, async context =>
        {
            context.Response.ContentType = "application/grpc";
            await context.Response.Body.WriteAsync(Frames.Of(new EchoMessage()));
        }));

        await EchoHost.FailureOf(async () => await host.Client.SayAsync(new()));
    }
}
