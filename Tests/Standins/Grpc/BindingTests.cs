using System.Buffers;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace WebChat.Tests.Standins.Grpc;

public class BindingTests
{
    [Fact]
    public async Task A_service_written_by_hand_may_send_bytes_that_were_encoded_before()
    {
        await using var host = await EchoHost.StartAsync(map: app => app.MapGrpcService<BroadcastService>());
        using var call = host.Client.Talk();
        await call.RequestStream.WriteAsync(new() { Number = 3 });
        await call.RequestStream.CompleteAsync();

        Assert.Equal(["shared", "shared", "shared"], await call.ResponseStream.ReadAllAsync().Select(m => m.Text).ToListAsync());
    }

    [Fact]
    public async Task A_service_is_made_for_each_call_with_what_it_needs_and_disposed_of_after_it()
    {
        var log = new List<string>();
        await using var host = await EchoHost.StartAsync(
            services: services => services.AddSingleton(log).AddScoped<ScopedNumber>(),
            map: app => app.MapGrpcService<DisposableEcho>());

        var first = await host.Client.SayAsync(new());
        var second = await host.Client.SayAsync(new());

        Assert.NotEqual(first.Text, second.Text);
        Assert.Equal([$"said {first.Text}", $"disposed {first.Text}", $"said {second.Text}", $"disposed {second.Text}"], log);
    }

    [Fact]
    public async Task Calls_work_over_a_test_server_without_sockets()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Services.AddGrpc();
        await using var app = builder.Build();
        app.MapGrpcService<ScriptedEcho>();
        await app.StartAsync();
        using var channel = global::Grpc.Net.Client.GrpcChannel.ForAddress("http://localhost", new() { HttpHandler = app.GetTestServer().CreateHandler() });
        using var clientChannel = global::Grpc.Net.Client.GrpcChannel.ForAddress("http://localhost", new() { HttpClient = app.GetTestClient() });

        Assert.Equal("handler", (await new Echo.EchoClient(channel).SayAsync(new() { Text = "handler" })).Text);
        Assert.Equal("client", (await new Echo.EchoClient(clientChannel).SayAsync(new() { Text = "client" })).Text);
        using var talk = new Echo.EchoClient(channel).Talk();
        for (var i = 0; i < 10; i++)
        {
            await talk.RequestStream.WriteAsync(new() { Number = i });
            Assert.True(await talk.ResponseStream.MoveNext());
            Assert.Equal(i, talk.ResponseStream.Current.Number);
        }

        await talk.RequestStream.CompleteAsync();
        Assert.False(await talk.ResponseStream.MoveNext());
        Assert.Equal(StatusCode.Unimplemented, (await EchoHost.FailureOf(async () => await new Echo.EchoClient(channel).ForgottenAsync(new()))).StatusCode);
    }

    [Fact]
    public async Task A_channel_leaves_the_client_that_it_was_given_alone_unless_told_otherwise()
    {
        await using var host = await EchoHost.StartAsync();
        using var handler = new SocketsHttpHandler();
        var options = new global::Grpc.Net.Client.GrpcChannelOptions { HttpHandler = handler };
        using (var channel = global::Grpc.Net.Client.GrpcChannel.ForAddress(host.Address, options))
        {
            await new Echo.EchoClient(channel).SayAsync(new());
        }

        using (var channel = global::Grpc.Net.Client.GrpcChannel.ForAddress(host.Address, new() { HttpHandler = handler, DisposeHttpClient = true }))
        {
            await new Echo.EchoClient(channel).SayAsync(new());
        }

        using var third = global::Grpc.Net.Client.GrpcChannel.ForAddress(host.Address, options);
        await EchoHost.FailureOf(async () => await new Echo.EchoClient(third).SayAsync(new()));
    }

    /// <summary>Bytes of a message that many receivers share.</summary>
    public sealed class EncodedMessage(byte[] bytes)
    {
        public byte[] Bytes { get; } = bytes;
    }

    /// <summary>What the generated code would be for a method whose responses are encoded once.</summary>
    public static class Broadcast
    {
        private static readonly Method<EchoMessage, EncodedMessage> Method = new(
            MethodType.DuplexStreaming,
            "webchat.tests.echo.v1.Echo",
            "Talk",
            Marshallers.Create<EchoMessage>((_, _) => throw new NotSupportedException(), context => EchoMessage.Parser.ParseFrom(context.PayloadAsReadOnlySequence())),
            Marshallers.Create<EncodedMessage>(
                (message, context) =>
                {
                    context.SetPayloadLength(message.Bytes.Length);
                    context.GetBufferWriter().Write(message.Bytes);
                    context.Complete();
                },
                _ => throw new NotSupportedException()));

        public static void Bind(ServiceBinderBase binder, BroadcastBase? service) =>
            binder.AddMethod(Method, service is null ? null : new DuplexStreamingServerMethod<EchoMessage, EncodedMessage>(service.Talk));
    }

    [BindServiceMethod(typeof(Broadcast), nameof(Broadcast.Bind))]
    public abstract class BroadcastBase
    {
        public virtual Task Talk(IAsyncStreamReader<EchoMessage> requests, IServerStreamWriter<EncodedMessage> responses, ServerCallContext context) =>
            throw new RpcException(new Status(StatusCode.Unimplemented, ""));
    }

    public sealed class BroadcastService : BroadcastBase
    {
        public override async Task Talk(IAsyncStreamReader<EchoMessage> requests, IServerStreamWriter<EncodedMessage> responses, ServerCallContext context)
        {
            var shared = new EncodedMessage(new EchoMessage { Text = "shared" }.ToByteArray());
            await foreach (var request in requests.ReadAllAsync(context.CancellationToken))
            {
                for (var i = 0; i < request.Number; i++)
                {
                    await responses.WriteAsync(shared);
                }
            }
        }
    }

    private sealed class ScopedNumber
    {
        public Guid Id { get; } = Guid.NewGuid();
    }

    private sealed class DisposableEcho(ScopedNumber number, List<string> log) : Echo.EchoBase, IAsyncDisposable
    {
        public override Task<EchoMessage> Say(EchoMessage request, ServerCallContext context)
        {
            log.Add($"said {number.Id}");
            return Task.FromResult(new EchoMessage { Text = number.Id.ToString() });
        }

        public ValueTask DisposeAsync()
        {
            log.Add($"disposed {number.Id}");
            return ValueTask.CompletedTask;
        }
    }
}
