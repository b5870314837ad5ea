using WebChat.Actors;
using WebChat.Actors.Accounts;
using WebChat.Journal.V1;

namespace WebChat.Tests.Actors.Accounts;

public sealed class AccountAdminTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly Username Name = new("Ann_1");

    [Fact]
    public void Nobody_is_an_admin_who_was_not_made_one()
    {
        var account = SignUp(AccountState.Initial);
        Assert.False(account.IsAdmin);

        account = account.After(s => s.SetAdmin(true, Now));
        Assert.True(account.IsAdmin);
        Assert.Empty(account.SetAdmin(true, Now).Events);
        Assert.True(AccountState.FromSnapshot(account.ToSnapshot()) is { IsAdmin: true });

        Assert.False(account.After(s => s.SetAdmin(false, Now)).IsAdmin);
    }

    [Fact]
    public void Only_an_account_that_is_there_is_made_an_admin()
    {
        var refused = AccountState.Initial.SetAdmin(true, Now).Rejection;

        Assert.Equal((ErrorCode.NotFound, "username"), (refused?.Code, refused?.Field));
    }

    [Fact]
    public void Who_takes_the_name_of_an_admin_who_is_gone_is_none()
    {
        var admin = SignUp(AccountState.Initial).After(s => s.SetAdmin(true, Now));

        Assert.False(SignUp(admin.Apply(new AccountDeleted())).IsAdmin);
        // The key of who is gone may be destroyed before the account is known to be.
        var sealedSnapshot = (AccountSnapshot)admin.ToSnapshot();
        sealedSnapshot.SignedUp = new() { UserId = sealedSnapshot.SignedUp.UserId, Sealed = Google.Protobuf.ByteString.CopyFrom(1) };
        Assert.False(SignUp(AccountState.FromSnapshot(sealedSnapshot)).IsAdmin);
    }

    private static AccountState SignUp(AccountState state) => state.After(s => s.SignUp(
        new(Name, new("hash"), "Ann"), RefreshToken.New(Name, FamilyId.New(Now)), TimeSpan.FromDays(30), Now));
}
