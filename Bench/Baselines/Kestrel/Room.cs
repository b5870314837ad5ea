namespace WebChat.Kestrel;

/// <summary>Numbers the messages of a room and delivers them once they are in the log.</summary>
internal sealed class Room(string id, MessageLog? log)
{
    private readonly List<Member> _members = [];
    private readonly Lock _lock = new();
    private long _seq;

    public string Id => id;

    /// <summary>Keeps a member in the room for as long as its client is there.</summary>
    public async Task ServeAsync(Member member)
    {
        lock (_lock)
            _members.Add(member);
        await member.ServeAsync(frame => Receive(member, frame));
        lock (_lock)
            _members.Remove(member);
    }

    /// <summary>Acknowledges a message to its sender and sends it to the others.</summary>
    public void Deliver(Message message)
    {
        lock (_lock)
        {
            foreach (var member in _members)
                member.Tell(member == message.Sender ? new(Id: message.Id, Seq: message.Seq) : new(Seq: message.Seq, Text: message.Text));
        }
    }

    private void Receive(Member sender, Frame frame)
    {
        lock (_lock)
        {
            var message = new Message(this, sender, frame.Id!, ++_seq, frame.Text!);
            if (log is null)
                Deliver(message);
            else
                log.Append(message);
        }
    }
}

/// <summary>A message on its way.</summary>
internal sealed record Message(Room Room, Member Sender, string Id, long Seq, string Text);
