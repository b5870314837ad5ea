using Akka.Actor;
using WebChat.Actors.Moderation;
using WebChat.Actors.Persistence.Encryption;

namespace WebChat.Actors.Cluster;

/// <summary>What the nodes tell each other about what each keeps in memory for all its actors.</summary>
public sealed class NodeActor : ReceiveActor
{
    /// <summary>The name in actor paths.</summary>
    public const string Name = "node";

    public NodeActor(Bans bans, PersonKeys keys)
    {
        Receive<NodeCommands.NoteBan>(ban => bans.Set(ban.UserId, ban.Until));
        Receive<NodeCommands.ForgetKey>(forget =>
        {
            keys.Forget(forget.UserId);
            Sender.Tell(new Done());
        });
    }
}
