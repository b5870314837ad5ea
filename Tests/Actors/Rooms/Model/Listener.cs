using System.Collections.Concurrent;
using Akka.Actor;
using WebChat.Actors.Rooms;

namespace WebChat.Tests.Actors.Rooms.Model;

/// <summary>The connection of a session, as a room sees it: keeps what it is told.</summary>
internal sealed class Listener : ReceiveActor
{
    public Listener(ConcurrentQueue<object> heard) => ReceiveAny(heard.Enqueue);

    /// <summary>What of it clients get to see.</summary>
    public static Google.Protobuf.IMessage? ToldBy(object message) => message switch
    {
        RoomReplies.Attached attached => attached.Room,
        RoomNotices.Happened happened => happened.Frame.Frame,
        RoomNotices.Passing passing => passing.Frame.Frame,
        _ => null,
    };

    /// <summary>Fails unless all that was told after an answer to being attached follows it without a gap, each thing once.</summary>
    /// <returns>The seq that it has come to; null if it was not attached.</returns>
    public static long? Check(IEnumerable<object> heard, IReadOnlyList<string> log, Func<WebChat.V1.RoomEvent, string> render)
    {
        long? at = null;
        foreach (var message in heard)
        {
            switch (message)
            {
                case RoomReplies.Attached attached:
                    at = attached.Room.LastSeq;
                    break;
                case RoomNotices.Happened happened:
                    Assert.Equal(at + 1, happened.Seq);
                    Assert.Equal(log[(int)happened.Seq - 1], render(happened.Frame.Frame.Event));
                    at = happened.Seq;
                    break;
                case RoomNotices.Forgotten:
                    return null;
            }
        }

        return at;
    }
}
