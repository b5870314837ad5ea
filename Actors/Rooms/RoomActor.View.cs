using Google.Protobuf.WellKnownTypes;
using WebChat.Actors.Users;
using WebChat.V1;

namespace WebChat.Actors.Rooms;

/// <content>The room as one of its users sees it.</content>
public sealed partial class RoomActor
{
    private RoomReplies.RoomIs ViewFor(UserId user)
    {
        Seen(user);
        var (room, users) = View(user);
        return new(room, users);
    }

    private (Room Room, IReadOnlyList<UserId> Users) View(UserId user)
    {
        var room = new Room
        {
            RoomId = _id.Value,
            Name = Durable.Name,
            Kind = Durable.Opened!.Kind,
            LastSeq = Durable.LastSeq,
            State = Durable.Ended ? Room.Types.State.Ended : Durable.Kept ? Room.Types.State.Kept : Room.Types.State.Active,
            RevealLevel = Durable.RevealLevel,
            CreatedAt = Timestamp.FromDateTimeOffset(Durable.CreatedAt),
            Capacity = Durable.Opened.Capacity,
            Open = Durable.Opened.Open,
            Call = ViewOf(Durable.Call),
            Mode = Durable.Opened.Mode,
        };
        var members = Durable.Listed.ToList();
        List<RoomMember> shown = [];
        if (Durable.Reader(user) is { } reader)
        {
            shown.AddRange(Foremost(members, user));
            room.Members.Add(shown.Select(member => View(member, user)));
            room.LastMessage = Durable.LastMessage is { } last ? RoomEvents.ToMessage(last.Posted, last.Post, reader.MemberId) : null;
            room.LastActiveAt = Timestamp.FromDateTimeOffset(Durable.SpokenAt);
            room.ReadSeq = _receipts.Of(user).Read;
            room.UnreadCount = Durable.CountUnread(reader.MemberId, room.ReadSeq);
        }

        if (Durable.Prompt is { } prompt && prompt.IsOpen(Now))
        {
            room.Prompt = new()
            {
                PromptId = prompt.Id,
                Kind = prompt.Kind,
                Round = prompt.Round,
                ClosesAt = Timestamp.FromDateTimeOffset(prompt.ClosesAt),
                AnsweredBy = { prompt.Answers.Keys.Select(member => member.Value) },
                ByMemberId = prompt.AskedBy?.Value ?? "",
            };
        }

        room.MemberCount = members.Count;
        return (room, [.. shown.Select(member => member.UserId)]);
    }

    private void GetRoom(RoomQueries.GetRoom query) => Carry(query, State.See(query.UserId), () =>
    {
        if (Durable.PresentMember(query.UserId) is not null)
            Note(query.UserId, new(query.ReadSeq, query.ReadSeq));
        return ViewFor(query.UserId);
    });

    private void GetMember(RoomQueries.GetMember query)
    {
        var decision = State.Look(query.UserId, query.MemberId, out var member, out var level);
        Carry(query, decision, () => new RoomReplies.MemberIs(member!.UserId, level, View(member, query.UserId)));
    }

    private RoomReplies.MembersAre MembersFor(RoomQueries.GetMembers query)
    {
        var behind = Durable.Listed.Where(member => member.Since > query.After).ToList();
        var page = behind.Take(query.Size).ToList();
        return new([.. page.Select(member => View(member, query.UserId))], [.. page.Select(member => member.UserId)], behind.Count > query.Size ? page[^1].Since : 0);
    }

    // A room goes out with every welcome, so it names no more members than fit there; the others can be listed.
    private IEnumerable<RoomMember> Foremost(List<RoomMember> members, UserId user) => members.Count <= RoomState.CrowdAbove
        ? members
        : members.OrderByDescending(member => member.UserId == user || member.UserId == Durable.Owner).Take(RoomState.CrowdAbove);

    private Member View(RoomMember member, UserId user)
    {
        var receipt = _receipts.Of(member.UserId);
        return new()
        {
            MemberId = member.MemberId.Value,
            Nickname = member.Nickname,
            Online = _attendance.IsOnline(member.UserId),
            You = member.UserId == user,
            Owner = !Durable.IsPair && member.UserId == Durable.Owner,
            ReceivedSeq = receipt.Received,
            ReadSeq = receipt.Read,
        };
    }
}
