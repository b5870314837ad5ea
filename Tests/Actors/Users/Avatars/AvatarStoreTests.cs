using WebChat.Actors.Options;
using WebChat.Actors.Users;
using WebChat.Actors.Users.Avatars;

namespace WebChat.Tests.Actors.Users.Avatars;

public sealed class AvatarStoreTests : IDisposable
{
    private static readonly UserId Ann = UserId.New(DateTimeOffset.UnixEpoch);
    private static readonly UserId Bob = UserId.New(DateTimeOffset.UnixEpoch);
    private static readonly byte[] Picture = [1, 2, 3];
    private static readonly AvatarId Id = AvatarId.Of(Picture);
    private static readonly byte[] Other = [4, 5, 6];
    private static readonly AvatarId OtherId = AvatarId.Of(Other);

    private readonly string _directory = Directory.CreateTempSubdirectory("webchat-avatars-").FullName;
    private readonly AvatarStore _store;

    public AvatarStoreTests() => _store = Started();

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task A_picture_lies_under_the_name_of_its_content()
    {
        await _store.Keep(Ann, Id, Picture);

        Assert.Equal("039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81", Id.Value);
        Assert.Equal(Picture, await File.ReadAllBytesAsync(Path.Combine(_directory, "avatars", "03", Id.Value[2..])));
        Assert.Equal(Picture, Content(Id));
    }

    [Fact]
    public void What_nobody_holds_is_not_there() => Assert.Null(_store.Open(Id));

    [Fact]
    public async Task What_two_hold_lies_there_once_until_both_have_let_go()
    {
        await Change(Ann, null, Id, Picture);
        await Change(Bob, null, Id, Picture);

        await Change(Ann, Id, null, []);
        Assert.Equal(Picture, Content(Id));
        await Change(Bob, Id, OtherId, Other);
        Assert.Null(_store.Open(Id));
        Assert.Equal(Other, Content(OtherId));
        Assert.Equal(2, Directory.GetFiles(Path.Combine(_directory, "avatars"), "*", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public async Task The_same_picture_again_changes_nothing()
    {
        await Change(Ann, null, Id, Picture);
        await Change(Ann, Id, Id, Picture);

        Assert.Equal(Picture, Content(Id));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_change_that_was_cut_off_ends_as_the_journal_has_it(bool isInTheJournal)
    {
        await Change(Ann, null, Id, Picture);
        await _store.BeginChange(Ann, [Id, OtherId]);
        await _store.Keep(Ann, OtherId, Other);

        var next = Started();
        Assert.Equal([Ann], next.Changing);
        next.EndChange(Ann, isInTheJournal ? OtherId : Id);

        Assert.Empty(next.Changing);
        Assert.Equal(isInTheJournal ? null : Picture, Content(Id));
        Assert.Equal(isInTheJournal ? Other : null, Content(OtherId));
    }

    [Fact]
    public async Task A_file_that_was_not_finished_is_gone_after_a_start()
    {
        var unfinished = Path.Combine(_directory, "avatars", "new", "half");
        await File.WriteAllBytesAsync(unfinished, Picture);

        Started();

        Assert.False(File.Exists(unfinished));
    }

    [Fact]
    public async Task Who_takes_and_who_lets_go_do_not_hinder_each_other()
    {
        var users = Enumerable.Range(0, 8).Select(_ => UserId.New(DateTimeOffset.UnixEpoch)).ToArray();
        await Task.WhenAll(users.Select(user => Task.Run(async () =>
        {
            for (var i = 0; i < 20; i++)
            {
                await Change(user, null, Id, Picture);
                Assert.Equal(Picture, Content(Id));
                await Change(user, Id, null, []);
            }
        })));

        Assert.Null(_store.Open(Id));
    }

    private AvatarStore Started() => new(Microsoft.Extensions.Options.Options.Create(new StorageOptions { DataDirectory = _directory }));

    private async Task Change(UserId user, AvatarId? from, AvatarId? to, byte[] picture)
    {
        await _store.BeginChange(user, new[] { from, to }.OfType<AvatarId>());
        if (to is { } id)
            await _store.Keep(user, id, picture);
        _store.EndChange(user, to);
    }

    private byte[]? Content(AvatarId id)
    {
        using var file = _store.Open(id);
        if (file is null)
            return null;
        var content = new byte[file.Length];
        file.ReadExactly(content);
        return content;
    }
}
