using Akka.Actor;
using WebChat.Actors.Connections;

namespace WebChat.Actors.Rooms;

/// <summary>Tells a notice to sessions on several nodes.</summary>
internal static class Sharing
{
    /// <summary>Tells each session of this node, and each other node once: its supervisor of sessions passes the notice on.</summary>
    /// <param name="connections">The sessions.</param>
    /// <param name="notice">The notice for one session.</param>
    /// <param name="shared">Makes the notice for several sessions of one node.</param>
    /// <param name="sender">The room.</param>
    /// <param name="system">The actor system.</param>
    public static void Tell<TNotice>(
        IEnumerable<IActorRef> connections, TNotice notice, Func<IReadOnlyList<SessionId>, TNotice, object> shared, IActorRef sender, ActorSystem system)
        where TNotice : class
    {
        Dictionary<ActorPath, List<IActorRef>>? elsewhere = null;
        foreach (var connection in connections)
        {
            if (connection.Path.Address.HasLocalScope)
                connection.Tell(notice, sender);
            else if ((elsewhere ??= []).TryGetValue(connection.Path.Parent, out var others))
                others.Add(connection);
            else
                elsewhere[connection.Path.Parent] = [connection];
        }

        if (elsewhere is null)
            return;
        foreach (var (supervisor, sessions) in elsewhere)
        {
            if (sessions is [var only])
                only.Tell(notice, sender);
            else
                system.ActorSelection(supervisor).Tell(shared([.. sessions.Select(session => new SessionId(session.Path.Name))], notice), sender);
        }
    }
}
