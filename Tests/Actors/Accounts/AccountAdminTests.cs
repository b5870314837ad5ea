using WebChat.Actors;
using WebChat.Actors.Accounts;
using WebChat.Journal.V1;

namespace WebChat.Tests.Actors.Accounts;

public sealed class AccountAdminTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly Username Name = new("Ann_1");

    [Fact]
    public void A_user_is_not_an_admin_without_a_grant()
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
    public void Only_an_existing_account_can_become_an_admin()
    {
        var refused = AccountState.Initial.SetAdmin(true, Now).Rejection;

        Assert.Equal((ErrorCode.NotFound, "username"), (refused?.Code, refused?.Field));
    }

    [Fact]
    public void A_new_account_under_the_name_of_a_deleted_admin_is_not_an_admin()
    {
        var admin = SignUp(AccountState.Initial).After(s => s.SetAdmin(true, Now));

        Assert.False(SignUp(admin.Apply(new AccountDeleted())).IsAdmin);
        // A deleted user's key may be destroyed before the deletion of the account is persisted.
        var encrypted = (AccountSnapshot)admin.ToSnapshot();
        encrypted.SignedUp = new() { UserId = encrypted.SignedUp.UserId, Encrypted = Google.Protobuf.ByteString.CopyFrom(1) };
        Assert.False(SignUp(AccountState.FromSnapshot(encrypted)).IsAdmin);
    }

    private static AccountState SignUp(AccountState state) => state.After(s => s.SignUp(
        new(Name, new("hash"), "Ann"), RefreshToken.New(Name, FamilyId.New(Now)), TimeSpan.FromDays(30), Now));
}
