using WebChat.Actors.Users;
using WebChat.Journal.V1;

namespace WebChat.Actors.Moderation;

/// <summary>A person's newest ban.</summary>
/// <param name="Imposed">Whose, from when, until when, by whom and why.</param>
/// <param name="IsLifted">Whether it was taken back before its time.</param>
/// <param name="IsCarriedOut">Whether the user knows how it stands, and has drawn the consequences.</param>
public sealed record BanEntry(BanImposed Imposed, bool IsLifted, bool IsCarriedOut)
{
    /// <summary>Who is banned.</summary>
    public UserId User => new(Imposed.UserId);

    /// <summary>When it ends by itself.</summary>
    public DateTimeOffset Until => DateTimeOffset.FromUnixTimeMilliseconds(Imposed.Until);

    /// <summary>Until when the person is kept out; null if the ban was lifted.</summary>
    public DateTimeOffset? Lasts => IsLifted ? null : Until;

    /// <summary>Whether the person is kept out.</summary>
    public bool IsOn(DateTimeOffset now) => !IsLifted && now < Until;
}
