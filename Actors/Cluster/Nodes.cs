using Akka.Actor;
using Akka.Cluster;
using Microsoft.Extensions.Options;
using ClusterOptions = WebChat.Actors.Options.ClusterOptions;

namespace WebChat.Actors.Cluster;

/// <summary>The nodes of the cluster; a single node is the only one.</summary>
public sealed class Nodes(ActorSystem system, IOptions<ClusterOptions> options)
{
    /// <summary>Tells every node. A node that cannot be reached now does not learn of it.</summary>
    public void Tell(object message)
    {
        foreach (var node in Select(state => state.Members))
            node.Tell(message, ActorRefs.NoSender);
    }

    /// <summary>Asks every node, and waits for all answers.</summary>
    /// <exception cref="AskTimeoutException">A node does not answer.</exception>
    public Task<TReply[]> AskAllAsync<TReply>(object message, CancellationToken cancellationToken) => AskAsync<TReply>(Select(state => state.Members), message, cancellationToken);

    /// <summary>Asks every node that can be reached, and waits for their answers.</summary>
    /// <exception cref="AskTimeoutException">One of these nodes does not answer.</exception>
    public Task<TReply[]> AskReachableAsync<TReply>(object message, CancellationToken cancellationToken) =>
        AskAsync<TReply>(Select(state => state.Members.Except(state.Unreachable)), message, cancellationToken);

    private static Task<TReply[]> AskAsync<TReply>(IEnumerable<ActorSelection> nodes, object message, CancellationToken cancellationToken) =>
        Task.WhenAll(nodes.Select(node => node.Ask<TReply>(message, AskTimeouts.BetweenEntities, cancellationToken)));

    private IEnumerable<ActorSelection> Select(Func<ClusterEvent.CurrentClusterState, IEnumerable<Member>> members) => options.Value.IsOn
        ? members(Akka.Cluster.Cluster.Get(system).State).Select(member => system.ActorSelection(new RootActorPath(member.Address) / "user" / NodeActor.Name))
        : [system.ActorSelection($"/user/{NodeActor.Name}")];
}
