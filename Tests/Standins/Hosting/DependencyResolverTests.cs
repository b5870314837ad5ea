using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.DependencyInjection;
using Microsoft.Extensions.DependencyInjection;
using TestKit = Akka.TestKit.Xunit2.TestKit;

namespace WebChat.Tests.Standins.Hosting;

public class DependencyResolverTests() : TestKit(ActorSystemSetup.Create(DependencyResolverSetup.Create(
    new ServiceCollection().AddSingleton(new Shared("shared")).AddScoped<Scoped>().BuildServiceProvider())))
{
    [Fact]
    public void An_actor_gets_services_and_arguments()
    {
        var actor = Sys.ActorOf(DependencyResolver.For(Sys).Props<Asking>("argument"));

        actor.Tell("?");

        ExpectMsg("argument shared");
    }

    [Fact]
    public void A_restarted_actor_gets_them_again()
    {
        var actor = Sys.ActorOf(DependencyResolver.For(Sys).Props(typeof(Asking), "argument"));

        EventFilter.Exception<InvalidOperationException>().ExpectOne(() => actor.Tell("fail"));
        actor.Tell("?");

        ExpectMsg("argument shared");
    }

    [Fact]
    public void A_scope_ends_its_services_with_it()
    {
        Scoped service;
        using (var scope = DependencyResolver.For(Sys).Resolver.CreateScope())
        {
            service = scope.Resolver.GetService<Scoped>();
            Assert.Same(service, scope.Resolver.GetService(typeof(Scoped)));
            Assert.False(service.IsDisposed);
        }
        Assert.True(service.IsDisposed);
    }

    [Fact]
    public async Task A_system_without_a_container_says_so()
    {
        var system = ActorSystem.Create("plain");

        Assert.Throws<ConfigurationException>(() => DependencyResolver.For(system));
        await system.Terminate();
    }

    private sealed record Shared(string Name);

    private sealed class Scoped : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }

    private sealed class Asking : ReceiveActor
    {
        public Asking(Shared shared, string argument) => Receive<string>(text =>
        {
            if (text == "fail") throw new InvalidOperationException("as told");
            Sender.Tell($"{argument} {shared.Name}");
        });
    }
}
