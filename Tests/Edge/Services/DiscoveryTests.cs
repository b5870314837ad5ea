using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Reflection.V1;

namespace WebChat.Tests.Edge.Services;

public class DiscoveryTests(EdgeServer server) : IClassFixture<EdgeServer>
{
    [Fact]
    public async Task All_services_are_listed()
    {
        var listed = (await Ask(new() { ListServices = "" })).ListServicesResponse.Service.Select(service => service.Name);
        Assert.Superset(
            new HashSet<string>
            {
                "webchat.v1.AuthService", "webchat.v1.UserService", "webchat.v1.RoomService", "webchat.v1.MatchService", "webchat.v1.VoiceService", "webchat.v1.ChatService", "grpc.health.v1.Health",
            },
            listed.ToHashSet());
    }

    [Fact]
    public async Task The_stream_is_described_although_its_frames_are_encoded_without_its_stub()
    {
        var files = (await Ask(new() { FileContainingSymbol = "webchat.v1.ChatService" })).FileDescriptorResponse.FileDescriptorProto;
        var connect = files.Select(FileDescriptorProto.Parser.ParseFrom).SelectMany(file => file.Service).Single(service => service.Name == "ChatService").Method.Single();
        Assert.Equal(("Connect", ".webchat.v1.ClientFrame", ".webchat.v1.ServerFrame", true, true),
            (connect.Name, connect.InputType, connect.OutputType, connect.ClientStreaming, connect.ServerStreaming));
    }

    [Fact]
    public async Task The_server_reports_its_health_over_gRPC() => Assert.Equal(
        HealthCheckResponse.Types.ServingStatus.Serving,
        (await new Health.HealthClient(server.Channel).CheckAsync(new())).Status);

    private async Task<ServerReflectionResponse> Ask(ServerReflectionRequest request)
    {
        using var call = new ServerReflection.ServerReflectionClient(server.Channel).ServerReflectionInfo(deadline: DateTime.UtcNow.AddSeconds(20));
        await call.RequestStream.WriteAsync(request);
        await call.RequestStream.CompleteAsync();
        Assert.True(await call.ResponseStream.MoveNext(default));
        return call.ResponseStream.Current;
    }
}
