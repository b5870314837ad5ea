using System.Runtime.Versioning;
using Microsoft.Extensions.Options;
using WebChat.Actors.Options;
using WebChat.Edge.Auth;
using WebChat.Tests.Requires;

namespace WebChat.Tests.Edge.Auth;

public sealed class SigningKeyTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("webchat-key-");

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public void The_key_is_created_once_and_then_kept()
    {
        var key = Key().Load();
        Assert.Equal(32, key.Length);
        Assert.Equal(key, Key().Load());
    }

    [LinuxFact]
    [UnsupportedOSPlatform("windows")]
    public void Only_the_servers_user_can_read_the_key()
    {
        var key = Key();
        key.Load();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key.File));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(key.File)!));
    }

    [LinuxFact]
    [UnsupportedOSPlatform("windows")]
    public void A_key_that_other_users_can_read_is_closed_to_them()
    {
        var key = Key();
        key.Load();
        File.SetUnixFileMode(key.File, File.GetUnixFileMode(key.File) | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        key.Load();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key.File));
    }

    [Fact]
    public void Servers_that_start_at_once_use_one_key_and_leave_no_drafts()
    {
        var keys = new byte[16][];
        Parallel.For(0, keys.Length, new ParallelOptions { MaxDegreeOfParallelism = keys.Length }, index => keys[index] = Key().Load());
        Assert.All(keys, key => Assert.Equal(keys[0], key));
        Assert.Equal([Key().File], Directory.GetFiles(Path.GetDirectoryName(Key().File)!));
    }

    [Fact]
    public void A_file_without_a_key_is_named()
    {
        var key = Key();
        key.Load();
        File.WriteAllBytes(key.File, new byte[31]);
        Assert.Contains(key.File, Assert.Throws<InvalidDataException>(key.Load).Message, StringComparison.Ordinal);
    }

    private SigningKey Key() => new(Options.Create(new StorageOptions { DataDirectory = _data.FullName }));
}
