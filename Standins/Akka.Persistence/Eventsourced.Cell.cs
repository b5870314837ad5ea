using Akka.Actor;

namespace Akka.Persistence;

/// <content>What a persistent actor needs of its cell beyond what every actor may do.</content>
public abstract partial class Eventsourced
{
    private static ActorCell Cell => ActorCell.Current!;

    /// <summary>The message of this turn with its sender; handlers of events run with their own.</summary>
    private static Envelope CurrentEnvelope
    {
        get => new(Cell.CurrentEnvelope.Message!, Cell.CurrentEnvelope.Sender!);
        set => Cell.ResumeMessage(value.Message, value.Sender);
    }

    private static void Redeliver(in Envelope envelope) => Cell.Redeliver(envelope.Message, envelope.Sender);

    private static void ReturnToMailbox(List<Envelope> envelopes)
    {
        for (var i = envelopes.Count - 1; i >= 0; i--)
        {
            Cell.Mailbox.Prepend(envelopes[i].Message, envelopes[i].Sender);
        }
    }
}
