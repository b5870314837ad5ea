using System.Security.Claims;
using System.Text.Encodings.Web;
using Grpc.Core;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace WebChat.Tests.Standins.Grpc;

public class AuthorizationTests
{
    [Fact]
    public async Task A_mapping_that_requires_authorization_lets_in_who_has_authenticated()
    {
        await using var host = await StartAsync(app => app.MapGrpcService<ScriptedEcho>().RequireAuthorization());

        Assert.Equal(StatusCode.Unauthenticated, (await EchoHost.FailureOf(async () => await host.Client.SayAsync(new()))).StatusCode);
        Assert.Equal("ann", (await host.Client.SayAsync(new() { Text = "ann" }, Named("ann"))).Text);
    }

    [Fact]
    public async Task Attributes_of_a_service_and_its_methods_are_heeded()
    {
        await using var host = await StartAsync(app => app.MapGrpcService<GuardedEcho>());

        Assert.Equal(StatusCode.Unauthenticated, (await EchoHost.FailureOf(async () => await host.Client.SayAsync(new()))).StatusCode);
        Assert.Equal("open", (await host.Client.ForgottenAsync(new())).Text);
        Assert.Equal("ann", (await host.Client.SayAsync(new(), Named("ann"))).Text);
    }

    [Fact]
    public async Task A_policy_that_is_not_met_is_PermissionDenied()
    {
        await using var host = await StartAsync(app => app.MapGrpcService<ScriptedEcho>().RequireAuthorization("only root"));

        Assert.Equal(StatusCode.PermissionDenied, (await EchoHost.FailureOf(async () => await host.Client.SayAsync(new(), Named("ann")))).StatusCode);
        await host.Client.SayAsync(new(), Named("root"));
    }

    private static Metadata Named(string name) => new() { { "x-name", name } };

    private static Task<EchoHost> StartAsync(Action<WebApplication> map) => EchoHost.StartAsync(
        services: services =>
        {
            services.AddAuthentication("name").AddScheme<AuthenticationSchemeOptions, NameHandler>("name", null);
            services.AddAuthorization(options => options.AddPolicy("only root", policy => policy.RequireUserName("root")));
        },
        map: app =>
        {
            app.UseAuthentication();
            app.UseAuthorization();
            map(app);
        });

    [Authorize]
    private sealed class GuardedEcho : Echo.EchoBase
    {
        public override Task<EchoMessage> Say(EchoMessage request, ServerCallContext context) =>
            Task.FromResult(new EchoMessage { Text = context.GetHttpContext().User.Identity!.Name });

        [AllowAnonymous]
        public override Task<EchoMessage> Forgotten(EchoMessage request, ServerCallContext context) => Task.FromResult(new EchoMessage { Text = "open" });
    }

    /// <summary>Believes a header.</summary>
    private sealed class NameHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(
            Request.Headers["x-name"] is [{ } name]
                ? AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.Name, name)], "name")), "name"))
                : AuthenticateResult.NoResult());
    }
}
