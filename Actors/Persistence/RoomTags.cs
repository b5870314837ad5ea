using System.Globalization;
using Akka.Persistence.Journal;
using WebChat.Actors.Rooms;
using WebChat.Journal.V1;

namespace WebChat.Actors.Persistence;

/// <summary>
/// Tags the events by which a room is read without its actor: a change with the seq of the message, joining and leaving with the
/// user. A tag counts within its room.
/// </summary>
internal sealed class RoomTags : IWriteEventAdapter
{
    /// <summary>The events that get a tag.</summary>
    public static readonly Type[] Events = [typeof(IMessageChange), typeof(IMembershipEvent)];

    public string Manifest(object evt) => "";

    public object ToJournal(object evt) => new Tagged(evt, [evt switch
    {
        IMessageChange change => new MessageId(change.MessageId).Seq.ToString(CultureInfo.InvariantCulture),
        IMembershipEvent membership => membership.UserId,
        _ => throw new ArgumentException($"{evt.GetType()} has no tag.", nameof(evt)),
    }]);
}
