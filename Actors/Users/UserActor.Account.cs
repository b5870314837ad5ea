using Google.Protobuf;
using WebChat.Journal.V1;

namespace WebChat.Actors.Users;

/// <content>Whose what the user's journal says is, and what becomes of it with the account.</content>
public sealed partial class UserActor
{
    /// <inheritdoc/>
    protected override UserId PersonOf(IMessage part) => part is Blocked blocked ? new(blocked.UserId) : _id;
}
