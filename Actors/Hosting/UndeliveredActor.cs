using Akka.Actor;
using Akka.Event;

namespace WebChat.Actors.Hosting;

/// <summary>
/// Gives the requests that entities have left in their mailboxes back to their parents. One for all parents of a node: every subscriber
/// gets every dead letter.
/// </summary>
public sealed class UndeliveredActor : ReceiveActor
{
    /// <summary>The name in actor paths.</summary>
    public const string Name = "undelivered";

    public UndeliveredActor() => Receive<DeadLetter>(letter =>
    {
        // A parent that is gone makes a dead letter of this too, which is no request and ends here.
        if (letter is { Message: Request request, Recipient.Path: { Address.HasLocalScope: true } path })
            Context.ActorSelection(path.Parent).Tell(new EntityParent.Undelivered(request, letter.Recipient), letter.Sender);
    });

    protected override void PreStart() => Context.System.EventStream.Subscribe(Self, typeof(DeadLetter));
}
