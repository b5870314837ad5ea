using Akka.Actor;
using Akka.Configuration;
using Akka.DependencyInjection;
using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;

namespace WebChat.Actors.Telemetry;

/// <summary>An unbounded mailbox whose length is a metric: for the actors that all users share. A scrape reads it, so messages cost nothing more.</summary>
/// <remarks>Made by the actor system, from the section <see cref="ConfigPath"/>.</remarks>
public sealed class ObservedMailbox(Settings settings, Config config) : MailboxType(settings, config), IProducesMessageQueue<UnboundedDequeMessageQueue>
{
    /// <summary>The mailbox's section of the configuration.</summary>
    public const string ConfigPath = "webchat.observed-mailbox";

    public override IMessageQueue Create(IActorRef owner, ActorSystem system)
    {
        var queue = new UnboundedDequeMessageQueue();
        // The single entity of a region is named after the region.
        var name = owner.Path.Parent.Name == "user" ? owner.Path.Name : owner.Path.Parent.Name;
        DependencyResolver.For(system).Resolver.GetService<ChatMetrics>().Observe(name, queue);
        return queue;
    }
}
