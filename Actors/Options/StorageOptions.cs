using System.ComponentModel.DataAnnotations;

namespace WebChat.Actors.Options;

/// <summary>Where state lives: <c>WebChat:DataDirectory</c>.</summary>
public sealed class StorageOptions
{
    /// <summary>The directory of the database and the keys; relative to the current directory.</summary>
    [Required]
    public string DataDirectory { get; set; } = "./data";

    /// <summary>The journal's database in it.</summary>
    public string DatabaseFile => Path.Combine(Path.GetFullPath(DataDirectory), "webchat.db");
}
