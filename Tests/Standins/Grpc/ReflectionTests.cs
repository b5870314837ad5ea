using Google.Protobuf.Reflection;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Alpha = Grpc.Reflection.V1Alpha;
using Reflected = Grpc.Reflection.V1;

namespace WebChat.Tests.Standins.Grpc;

public class ReflectionTests
{
    [Fact]
    public async Task Services_are_listed()
    {
        await using var host = await StartAsync();

        var services = (await AskAsync(host, new() { ListServices = "" })).ListServicesResponse.Service.Select(s => s.Name).Order(StringComparer.Ordinal).ToList();

        Assert.Equal(["grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection", "webchat.tests.echo.v1.Echo"], services);
    }

    [Theory]
    [InlineData("webchat.tests.echo.v1.Echo")]
    [InlineData("webchat.tests.echo.v1.Echo.Say")]
    [InlineData("webchat.tests.echo.v1.EchoMessage")]
    public async Task The_file_that_declares_a_name_is_found(string symbol)
    {
        await using var host = await StartAsync();

        var files = (await AskAsync(host, new() { FileContainingSymbol = symbol })).FileDescriptorResponse.FileDescriptorProto;

        Assert.Equal(EchoReflection.Descriptor.Name, FileDescriptorProto.Parser.ParseFrom(files[0]).Name);
    }

    [Fact]
    public async Task A_file_is_found_by_its_name()
    {
        await using var host = await StartAsync();

        var response = await AskAsync(host, new() { FileByFilename = EchoReflection.Descriptor.Name });

        Assert.Equal(EchoReflection.Descriptor.SerializedData, response.FileDescriptorResponse.FileDescriptorProto.Single());
    }

    [Fact]
    public async Task What_is_not_there_is_NotFound()
    {
        await using var host = await StartAsync();

        Assert.Equal((int)StatusCode.NotFound, (await AskAsync(host, new() { FileContainingSymbol = "no.such.Thing" })).ErrorResponse.ErrorCode);
        Assert.Equal((int)StatusCode.NotFound, (await AskAsync(host, new() { FileByFilename = "none.proto" })).ErrorResponse.ErrorCode);
    }

    [Fact]
    public async Task Older_clients_get_the_same_answers()
    {
        await using var host = await StartAsync();
        using var call = new Alpha.ServerReflection.ServerReflectionClient(host.Channel).ServerReflectionInfo();

        await call.RequestStream.WriteAsync(new() { ListServices = "" });
        Assert.True(await call.ResponseStream.MoveNext());
        Assert.Contains(call.ResponseStream.Current.ListServicesResponse.Service, s => s.Name == "webchat.tests.echo.v1.Echo");
        await call.RequestStream.WriteAsync(new() { FileContainingSymbol = "webchat.tests.echo.v1.Echo" });
        Assert.True(await call.ResponseStream.MoveNext());
        Assert.NotEmpty(call.ResponseStream.Current.FileDescriptorResponse.FileDescriptorProto);
        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext());
    }

    private static async Task<Reflected.ServerReflectionResponse> AskAsync(EchoHost host, Reflected.ServerReflectionRequest request)
    {
        using var call = new Reflected.ServerReflection.ServerReflectionClient(host.Channel).ServerReflectionInfo();
        await call.RequestStream.WriteAsync(request);
        await call.RequestStream.CompleteAsync();
        Assert.True(await call.ResponseStream.MoveNext());
        return call.ResponseStream.Current;
    }

    private static Task<EchoHost> StartAsync() => EchoHost.StartAsync(
        services: services =>
        {
            services.AddGrpcReflection();
            services.AddGrpcHealthChecks();
        },
        map: app =>
        {
            app.MapGrpcService<ScriptedEcho>();
            app.MapGrpcHealthChecksService();
            app.MapGrpcReflectionService();
        });
}
