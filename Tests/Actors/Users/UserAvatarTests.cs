using WebChat.Actors;
using WebChat.Actors.Hosting;
using WebChat.Actors.Users;
using Avatar = WebChat.Journal.V1.Avatar;

namespace WebChat.Tests.Actors.Users;

public sealed class UserAvatarTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly Avatar Picture = new() { Sha256 = "ab", MediaType = "image/png" };

    private readonly UserState _user = UserState.Initial.After(s => s.Create("Ann", Now));

    [Fact]
    public void The_profile_says_whether_there_is_a_picture()
    {
        Assert.False(_user.Profile!.HasAvatar);
        var shown = _user.After(s => s.SetAvatar(Picture, Now));
        Assert.True(shown.Profile!.HasAvatar);
        Assert.Equal(Picture, shown.Avatar);

        var hidden = shown.After(s => s.SetAvatar(null, Now));

        Assert.False(hidden.Profile!.HasAvatar);
        Assert.Null(hidden.Avatar);
    }

    [Fact]
    public void A_change_of_the_profile_leaves_the_picture() =>
        Assert.True(_user.After(s => s.SetAvatar(Picture, Now)).After(s => s.Update(new() { Bio = "tea" }, ["bio"], Now)).Profile!.HasAvatar);

    [Fact]
    public void What_is_so_already_does_not_happen_again()
    {
        Assert.Equal(Decision.Nothing, _user.SetAvatar(null, Now));
        Assert.Equal(Decision.Nothing, _user.After(s => s.SetAvatar(Picture, Now)).SetAvatar(Picture.Clone(), Now));
    }

    [Fact]
    public void Who_is_not_there_has_no_picture() => Assert.Equal(ErrorCode.NotFound, UserState.Initial.SetAvatar(Picture, Now).Rejection?.Code);

    [Fact]
    public void The_picture_is_in_the_snapshot() =>
        Assert.Equal(Picture, UserState.FromSnapshot(_user.After(s => s.SetAvatar(Picture, Now)).ToSnapshot()).Avatar);
}
