using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.DependencyInjection;

namespace WebChat.Tests.Standins.Grpc;

public class InterceptorTests
{
    [Fact]
    public async Task Server_interceptors_are_gone_through_in_their_order_those_of_all_services_first()
    {
        var log = new List<string>();
        await using var host = await EchoHost.StartAsync(
            new()
            {
                OnSay = (request, _) =>
                {
                    log.Add("service");
                    return Task.FromResult(request);
                },
            },
            grpc =>
            {
                grpc.Interceptors.Add<LoggingInterceptor>("first");
                grpc.Interceptors.Add<LoggingInterceptor>("second");
            },
            services =>
            {
                services.AddSingleton(log);
                services.AddGrpc().AddServiceOptions<ScriptedEcho>(options => options.Interceptors.Add<LoggingInterceptor>("own"));
            });

        await host.Client.SayAsync(new());

        Assert.Equal(["first in", "second in", "own in", "service", "own out", "own disposed", "second out", "second disposed", "first out", "first disposed"], log);
    }

    [Fact]
    public async Task Server_interceptors_see_each_kind_of_call()
    {
        var log = new List<string>();
        await using var host = await EchoHost.StartAsync(grpc: grpc => grpc.Interceptors.Add<LoggingInterceptor>("i"), services: services => services.AddSingleton(log));

        await host.Client.SayAsync(new());
        using (var collect = host.Client.Collect())
        {
            await collect.RequestStream.CompleteAsync();
            await collect;
        }

        using (var repeat = host.Client.Repeat(new()))
        {
            await repeat.ResponseStream.MoveNext();
        }

        using (var talk = host.Client.Talk())
        {
            await talk.RequestStream.CompleteAsync();
            await talk.ResponseStream.MoveNext();
        }

        Assert.Equal(4, log.Count(line => line == "i in"));
    }

    [Fact]
    public async Task An_interceptor_that_is_a_service_is_shared_and_may_refuse_a_call()
    {
        var called = false;
        await using var host = await EchoHost.StartAsync(
            new()
            {
                OnSay = (request, _) =>
                {
                    called = true;
                    return Task.FromResult(request);
                },
            },
            grpc => grpc.Interceptors.Add<RefusingInterceptor>(),
            services => services.AddSingleton(new RefusingInterceptor("closed")));

        var failure = await EchoHost.FailureOf(async () => await host.Client.SayAsync(new()));

        Assert.Equal(StatusCode.PermissionDenied, failure.StatusCode);
        Assert.Equal("closed", failure.Status.Detail);
        Assert.False(called);
    }

    [Fact]
    public async Task Client_interceptors_are_gone_through_in_their_order_and_may_change_headers()
    {
        string? header = null;
        await using var host = await EchoHost.StartAsync(new()
        {
            OnSay = (request, context) =>
            {
                header = context.RequestHeaders.GetValue("x-added");
                return Task.FromResult(request);
            },
        });
        var log = new List<string>();
        var invoker = host.Channel
            .Intercept(headers => new Metadata { { "x-added", "by a function" } })
            .Intercept(new ClientLoggingInterceptor("first", log), new ClientLoggingInterceptor("second", log));

        await new Echo.EchoClient(invoker).SayAsync(new());

        Assert.Equal(["first", "second"], log);
        Assert.Equal("by a function", header);
    }

    [Fact]
    public async Task Call_credentials_go_along_where_the_channel_lets_them()
    {
        var seen = new List<string?>();
        await using var host = await EchoHost.StartAsync(
            new()
            {
                OnSay = (request, context) =>
                {
                    seen.Add(context.RequestHeaders.GetValue("authorization"));
                    return Task.FromResult(request);
                },
            },
            channel: new() { UnsafeUseInsecureChannelCallCredentials = true });
        var credentials = CallCredentials.FromInterceptor((context, metadata) =>
        {
            metadata.Add("authorization", $"Bearer for {context.MethodName}");
            return Task.CompletedTask;
        });
        using var silent = global::Grpc.Net.Client.GrpcChannel.ForAddress(host.Address);

        await host.Client.SayAsync(new(), new CallOptions(credentials: credentials));
        await new Echo.EchoClient(silent).SayAsync(new(), new CallOptions(credentials: credentials));

        Assert.Equal(["Bearer for Say", null], seen);
    }

    [Fact]
    public void Credentials_that_contradict_the_address_are_refused()
    {
        Assert.Throws<InvalidOperationException>(() => global::Grpc.Net.Client.GrpcChannel.ForAddress("http://localhost", new() { Credentials = ChannelCredentials.SecureSsl }));
        Assert.Throws<InvalidOperationException>(() => global::Grpc.Net.Client.GrpcChannel.ForAddress("https://localhost", new() { Credentials = ChannelCredentials.Insecure }));
    }

    private sealed class LoggingInterceptor(List<string> log, string name) : Interceptor, IDisposable
    {
        public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
        {
            log.Add($"{name} in");
            var response = await continuation(request, context);
            log.Add($"{name} out");
            return response;
        }

        public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation)
        {
            log.Add($"{name} in");
            return continuation(requestStream, context);
        }

        public override Task ServerStreamingServerHandler<TRequest, TResponse>(TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
        {
            log.Add($"{name} in");
            return continuation(request, responseStream, context);
        }

        public override Task DuplexStreamingServerHandler<TRequest, TResponse>(IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation)
        {
            log.Add($"{name} in");
            return continuation(requestStream, responseStream, context);
        }

        public void Dispose() => log.Add($"{name} disposed");
    }

    private sealed class RefusingInterceptor(string reason) : Interceptor
    {
        public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
            throw new RpcException(new Status(StatusCode.PermissionDenied, reason));
    }

    private sealed class ClientLoggingInterceptor(string name, List<string> log) : Interceptor
    {
        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
        {
            log.Add(name);
            return continuation(request, context);
        }
    }
}
