using System.Net;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace WebChat.Tests.Standins.Grpc;

public class StatusTests
{
    [Theory]
    [InlineData(StatusCode.InvalidArgument, "plain")]
    [InlineData(StatusCode.NotFound, "ünïcode ☃ 🔑 and 100 % of it\r\n")]
    [InlineData(StatusCode.Unauthenticated, "")]
    public async Task A_status_that_a_service_throws_reaches_the_client(StatusCode code, string detail)
    {
        await using var host = await EchoHost.StartAsync(new() { OnSay = (_, _) => throw new RpcException(new Status(code, detail)) });

        var failure = await EchoHost.FailureOf(async () => await host.Client.SayAsync(new()));

        Assert.Equal(code, failure.StatusCode);
        Assert.Equal(detail, failure.Status.Detail);
    }

    [Fact]
    public async Task A_status_that_a_service_sets_reaches_the_client()
    {
        await using var host = await EchoHost.StartAsync(new()
        {
            OnSay = (request, context) =>
            {
                context.Status = new Status(StatusCode.FailedPrecondition, "set");
                return Task.FromResult(request);
            },
        });

        var failure = await EchoHost.FailureOf(async () => await host.Client.SayAsync(new()));

        Assert.Equal(StatusCode.FailedPrecondition, failure.StatusCode);
        Assert.Equal("set", failure.Status.Detail);
    }

    [Fact]
    public async Task An_error_after_some_messages_comes_after_them()
    {
        await using var host = await EchoHost.StartAsync(new()
        {
            OnRepeat = async (_, responses, _) =>
            {
                await responses.WriteAsync(new() { Number = 1 });
                throw new RpcException(new Status(StatusCode.DataLoss, "gone"));
            },
        });
        using var call = host.Client.Repeat(new());

        Assert.True(await call.ResponseStream.MoveNext());
        var failure = await EchoHost.FailureOf(() => call.ResponseStream.MoveNext());

        Assert.Equal(StatusCode.DataLoss, failure.StatusCode);
        Assert.Equal(StatusCode.DataLoss, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task An_unexpected_exception_is_Unknown_and_tells_no_secrets()
    {
        await using var host = await EchoHost.StartAsync(new() { OnSay = (_, _) => throw new InvalidOperationException("secret") });

        var failure = await EchoHost.FailureOf(async () => await host.Client.SayAsync(new()));

        Assert.Equal(StatusCode.Unknown, failure.StatusCode);
        Assert.DoesNotContain("secret", failure.Status.Detail);
    }

    [Fact]
    public async Task An_unexpected_exception_is_told_where_that_is_asked_for()
    {
        await using var host = await EchoHost.StartAsync(new() { OnSay = (_, _) => throw new InvalidOperationException("secret") }, grpc => grpc.EnableDetailedErrors = true);

        var failure = await EchoHost.FailureOf(async () => await host.Client.SayAsync(new()));

        Assert.Equal(StatusCode.Unknown, failure.StatusCode);
        Assert.Contains("secret", failure.Status.Detail);
    }

    [Fact]
    public async Task A_service_that_returns_nothing_cancels_the_call()
    {
        await using var host = await EchoHost.StartAsync(new() { OnSay = (_, _) => Task.FromResult<EchoMessage>(null!) });

        Assert.Equal(StatusCode.Cancelled, (await EchoHost.FailureOf(async () => await host.Client.SayAsync(new()))).StatusCode);
    }

    [Fact]
    public async Task A_method_that_is_not_overridden_is_Unimplemented()
    {
        await using var host = await EchoHost.StartAsync();

        Assert.Equal(StatusCode.Unimplemented, (await EchoHost.FailureOf(async () => await host.Client.ForgottenAsync(new()))).StatusCode);
    }

    [Theory]
    [InlineData("webchat.tests.echo.v1.Echo", "Shout")]
    [InlineData("webchat.tests.echo.v9.Echo", "Say")]
    public async Task An_unknown_method_and_an_unknown_service_are_Unimplemented(string service, string name)
    {
        await using var host = await EchoHost.StartAsync();
        var marshaller = Marshallers.StringMarshaller;
        var method = new Method<string, string>(MethodType.Unary, service, name, marshaller, marshaller);

        var failure = await EchoHost.FailureOf(async () => await host.Channel.CreateCallInvoker().AsyncUnaryCall(method, null, default, ""));

        Assert.Equal(StatusCode.Unimplemented, failure.StatusCode);
    }

    [Fact]
    public async Task Unknown_services_are_left_to_other_endpoints_where_that_is_asked_for()
    {
        await using var host = await EchoHost.StartAsync(grpc: grpc => grpc.IgnoreUnknownServices = true);

        Assert.Equal(HttpStatusCode.NotFound, (await host.SendRawAsync("/other.Service/Method", Frames.Of([]))).StatusCode);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task Requests_that_are_not_gRPC_are_left_to_other_endpoints(string method)
    {
        await using var host = await EchoHost.StartAsync();
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(host.Http1Address, "/css/page.css"));

        using var response = await http.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Theory]
    [InlineData(401, StatusCode.Unauthenticated)]
    [InlineData(403, StatusCode.PermissionDenied)]
    [InlineData(404, StatusCode.Unimplemented)]
    [InlineData(429, StatusCode.Unavailable)]
    [InlineData(503, StatusCode.Unavailable)]
    [InlineData(418, StatusCode.Unknown)]
    public async Task An_answer_without_a_gRPC_status_has_the_status_of_its_HTTP_code(int http, StatusCode code)
    {
        await using var host = await EchoHost.StartAsync(map: app => app.Run(context =>
        {
            context.Response.StatusCode = http;
            return Task.CompletedTask;
        }));

        Assert.Equal(code, (await EchoHost.FailureOf(async () => await host.Client.SayAsync(new()))).StatusCode);
    }

    [Fact]
    public async Task An_answer_that_is_no_gRPC_at_all_is_an_error()
    {
        await using var host = await EchoHost.StartAsync(map: app => app.Run(context => context.Response.WriteAsync("<html>")));

        await EchoHost.FailureOf(async () => await host.Client.SayAsync(new()));
    }

    // Such a service would answer nothing but Unimplemented: better to hear of it before the first call.
    [Fact]
    public void A_service_without_a_binding_cannot_be_mapped()
    {
        var builder = WebApplication.CreateSlimBuilder();
        Microsoft.Extensions.DependencyInjection.GrpcServicesExtensions.AddGrpc(builder.Services);
        var app = builder.Build();

        Assert.Throws<InvalidOperationException>(() => { app.MapGrpcService<StatusTests>(); });
    }

    [Fact]
    public void Mapping_needs_AddGrpc()
    {
        var app = WebApplication.CreateSlimBuilder().Build();

        Assert.Throws<InvalidOperationException>(() => { app.MapGrpcService<ScriptedEcho>(); });
    }
}
