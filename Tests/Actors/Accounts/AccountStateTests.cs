using WebChat.Actors;
using WebChat.Actors.Accounts;
using WebChat.Actors.Hosting;

namespace WebChat.Tests.Actors.Accounts;

public sealed class AccountStateTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);
    private static readonly Username Name = new("Ann_1");
    private static readonly PasswordHash Hash = new("a hash");

    [Fact]
    public void A_name_is_taken_once()
    {
        var account = SignedUp(NewToken());

        Assert.Equal(ErrorCode.AlreadyExists, account.SignUp(new(Name, Hash, "Ann"), NewToken(), Lifetime, Now).Rejection?.Code);
    }

    [Fact]
    public void A_login_is_opened_only_while_the_password_is_the_one_that_was_checked()
    {
        var token = NewToken();
        var account = SignedUp(token)
            .After(s => s.ChangePassword(new(Name, new(new(s.SignedUp!.UserId), token.Family), Hash, new("another hash")), token, Lifetime, Now));

        Assert.Equal(AccountState.BadLogIn, account.LogIn(new(Name, Hash), NewToken(), Lifetime, Now).Rejection);
        Assert.Null(account.LogIn(new(Name, new("another hash")), NewToken(), Lifetime, Now).Rejection);
    }

    [Fact]
    public void A_token_works_once()
    {
        var first = NewToken();
        var second = RefreshToken.New(Name, first.Family);
        var account = SignedUp(first).After(s => s.Refresh(first, second, "", Lifetime, Now, out _));

        var third = account.Refresh(second, RefreshToken.New(Name, first.Family), "", Lifetime, Now, out var reused);

        Assert.False(reused);
        Assert.Null(third.Rejection);
    }

    [Fact]
    public void A_token_used_again_ends_the_whole_family()
    {
        var first = NewToken();
        var second = RefreshToken.New(Name, first.Family);
        var other = NewToken();
        var reused = false;
        var account = SignedUp(first)
            .After(s => s.LogIn(new(Name, Hash), other, Lifetime, Now))
            .After(s => s.Refresh(first, second, "", Lifetime, Now, out _))
            .After(s => s.Refresh(first, NewToken(), "", Lifetime, Now, out reused));

        Assert.True(reused);
        Assert.Equal(ErrorCode.Unauthenticated, account.Refresh(second, NewToken(), "", Lifetime, Now, out _).Rejection?.Code);
        Assert.Null(account.Refresh(other, RefreshToken.New(Name, other.Family), "", Lifetime, Now, out _).Rejection);
    }

    [Fact]
    public void An_old_token_is_not_good()
    {
        var token = NewToken();

        Assert.Equal(ErrorCode.Unauthenticated, SignedUp(token).Refresh(token, NewToken(), "", Lifetime, Now + Lifetime, out _).Rejection?.Code);
    }

    [Fact]
    public void Only_the_newest_token_logs_out()
    {
        var first = NewToken();
        var second = RefreshToken.New(Name, first.Family);
        var account = SignedUp(first).After(s => s.Refresh(first, second, "", Lifetime, Now, out _));

        Assert.Equal(Decision.Nothing, account.LogOut(first, Now));
        Assert.Empty(account.After(s => s.LogOut(second, Now)).Families);
    }

    [Fact]
    public void A_log_in_too_many_ends_the_one_that_would_end_first()
    {
        var first = NewToken();
        var account = SignedUp(first);
        for (var i = 1; i <= AccountState.MaxFamilies; i++)
            account = account.After(s => s.LogIn(new(Name, Hash), NewToken(), Lifetime, Now.AddMinutes(i)));

        Assert.Equal(AccountState.MaxFamilies, account.Families.Count);
        Assert.DoesNotContain(first.Family.Value, account.Families.Keys);
    }

    [Fact]
    public void An_account_is_the_same_from_its_snapshot()
    {
        var account = SignedUp(NewToken());

        Assert.Equal(account.ToSnapshot(), AccountState.FromSnapshot(account.ToSnapshot()).ToSnapshot());
    }

    [Fact]
    public void Neither_passwords_nor_tokens_show_themselves()
    {
        Assert.DoesNotContain("secret", new AccountCommands.SignUp(Name, new("secret!!"), "Ann").ToString());
        var token = NewToken();
        Assert.DoesNotContain(token.Secret, new AccountCommands.Refresh(token).ToString());
    }

    [Fact]
    public void A_token_reads_back_as_it_was_given()
    {
        var token = RefreshToken.New(new("ann_1"), FamilyId.New(Now));

        Assert.True(RefreshToken.TryParse(token.Encode(), out var read));
        Assert.Equal(token, read);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a.b.c")]
    [InlineData("ann_1.0123456789abcdef0123456789abcdef.short")]
    public void What_is_no_token_is_not_read(string? text) => Assert.False(RefreshToken.TryParse(text, out _));

    private static AccountState SignedUp(RefreshToken token) =>
        AccountState.Initial.After(s => s.SignUp(new(Name, Hash, "Ann"), token, Lifetime, Now));

    private static RefreshToken NewToken() => RefreshToken.New(Name, FamilyId.New(Now));
}
