using Grpc.Core;
using Grpc.Health.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace WebChat.Tests.Standins.Grpc;

public class HealthTests
{
    [Theory]
    [InlineData(HealthStatus.Healthy, ServingStatus.Serving)]
    [InlineData(HealthStatus.Degraded, ServingStatus.Serving)]
    [InlineData(HealthStatus.Unhealthy, ServingStatus.NotServing)]
    public async Task A_check_tells_what_the_health_checks_say(HealthStatus status, ServingStatus serving)
    {
        await using var host = await StartAsync(() => status);

        Assert.Equal(serving, (await new Health.HealthClient(host.Channel).CheckAsync(new())).Status);
    }

    [Fact]
    public async Task A_service_may_stand_on_some_of_the_checks()
    {
        await using var host = await StartAsync(() => HealthStatus.Unhealthy, options =>
        {
            options.Services.Map("with", check => check.Tags.Contains("tagged"));
            options.Services.Map("without", check => check.Name == "fine");
        });
        var client = new Health.HealthClient(host.Channel);

        Assert.Equal(ServingStatus.NotServing, (await client.CheckAsync(new() { Service = "with" })).Status);
        Assert.Equal(ServingStatus.Serving, (await client.CheckAsync(new() { Service = "without" })).Status);
        Assert.Equal(StatusCode.NotFound, (await EchoHost.FailureOf(async () => await client.CheckAsync(new() { Service = "unknown" }))).StatusCode);
    }

    [Fact]
    public async Task A_watch_tells_each_change_and_ends_with_the_application()
    {
        var status = HealthStatus.Healthy;
        await using var host = await StartAsync(() => status);
        using var watch = new Health.HealthClient(host.Channel).Watch(new());

        Assert.True(await watch.ResponseStream.MoveNext());
        Assert.Equal(ServingStatus.Serving, watch.ResponseStream.Current.Status);
        status = HealthStatus.Unhealthy;
        await PublishAsync(host);
        Assert.True(await watch.ResponseStream.MoveNext());
        Assert.Equal(ServingStatus.NotServing, watch.ResponseStream.Current.Status);
        status = HealthStatus.Healthy;
        await PublishAsync(host);
        Assert.True(await watch.ResponseStream.MoveNext());
        Assert.Equal(ServingStatus.Serving, watch.ResponseStream.Current.Status);

        host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        Assert.True(await watch.ResponseStream.MoveNext());
        Assert.Equal(ServingStatus.NotServing, watch.ResponseStream.Current.Status);
        Assert.False(await watch.ResponseStream.MoveNext());
    }

    [Fact]
    public async Task A_watch_of_an_unknown_service_says_so_and_goes_on()
    {
        await using var host = await StartAsync(() => HealthStatus.Healthy);
        using var watch = new Health.HealthClient(host.Channel).Watch(new() { Service = "later" });

        Assert.True(await watch.ResponseStream.MoveNext());
        Assert.Equal(ServingStatus.ServiceUnknown, watch.ResponseStream.Current.Status);
        host.Services.GetRequiredService<global::Grpc.HealthCheck.HealthServiceImpl>().SetStatus("later", ServingStatus.Serving);
        Assert.True(await watch.ResponseStream.MoveNext());
        Assert.Equal(ServingStatus.Serving, watch.ResponseStream.Current.Status);
    }

    private static async Task PublishAsync(EchoHost host)
    {
        var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        foreach (var publisher in host.Services.GetServices<IHealthCheckPublisher>())
        {
            await publisher.PublishAsync(report, default);
        }
    }

    private static Task<EchoHost> StartAsync(Func<HealthStatus> status, Action<global::Grpc.AspNetCore.HealthChecks.GrpcHealthChecksOptions>? configure = null) => EchoHost.StartAsync(
        services: services => services.AddGrpcHealthChecks(configure ?? (_ => { }))
            .AddCheck("scripted", () => new HealthCheckResult(status()), tags: ["tagged"])
            .AddCheck("fine", () => HealthCheckResult.Healthy()),
        map: app => app.MapGrpcHealthChecksService());
}
