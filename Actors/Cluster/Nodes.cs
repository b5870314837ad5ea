using Akka.Actor;
using Microsoft.Extensions.Options;
using WebChat.Actors.Options;

namespace WebChat.Actors.Cluster;

/// <summary>The other nodes of the cluster; none on a single node.</summary>
public sealed class Nodes(ActorSystem system, IOptions<ClusterOptions> options)
{
    private IEnumerable<ActorSelection> Others
    {
        get
        {
            if (!options.Value.IsOn)
                return [];
            var cluster = Akka.Cluster.Cluster.Get(system);
            return cluster.State.Members.Where(member => !member.UniqueAddress.Equals(cluster.SelfUniqueAddress))
                .Select(member => system.ActorSelection(new RootActorPath(member.Address) / "user" / NodeActor.Name));
        }
    }

    /// <summary>Tells every other node. A node that cannot be reached now does not learn of it.</summary>
    public void Tell(object message)
    {
        foreach (var node in Others)
            node.Tell(message, ActorRefs.NoSender);
    }

    /// <summary>Asks every other node, and waits for all answers.</summary>
    /// <exception cref="AskTimeoutException">A node does not answer.</exception>
    public Task AskAsync(object message, CancellationToken cancellationToken) =>
        Task.WhenAll(Others.Select(node => node.Ask<Done>(message, AskTimeouts.BetweenEntities, cancellationToken)));
}
