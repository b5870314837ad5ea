namespace WebChat.Bench.Load;

/// <summary>Reads the history of all rooms and compares it with what was acknowledged.</summary>
internal static class Verification
{
    /// <summary>Returns the faults: acknowledged messages that are missing, changed, elsewhere or there twice, and rooms out of order.</summary>
    public static async Task<IReadOnlyList<string>> RunAsync(IEnumerable<WebChatMember> members, IEnumerable<Acknowledged> acknowledged)
    {
        var faults = new List<string>();
        var readers = members.DistinctBy(member => member.Room).ToDictionary(member => member.Room);
        foreach (var room in acknowledged.GroupBy(message => message.Room))
        {
            var history = await readers[room.Key].GetMessagesAsync();
            if (history.Zip(history.Skip(1), (one, next) => next.Seq - one.Seq).Any(step => step <= 0))
                faults.Add($"Room {room.Key} is out of order.");
            faults.AddRange(history.GroupBy(message => message.Text).Where(same => same.Count() > 1).Select(same => $"Room {room.Key} has {same.Key} {same.Count()} times."));
            var texts = history.DistinctBy(message => message.Seq).ToDictionary(message => message.Seq, message => message.Text);
            faults.AddRange(room.Where(message => texts.GetValueOrDefault(message.Seq) != message.Text).Select(message => $"Room {room.Key} lacks {message.Text} at {message.Seq}."));
        }

        return faults;
    }
}
