namespace WebChat.Actors.Accounts;

/// <summary>The hash of a password. Accounts see no password, only hashes; the edge makes and checks them. <see cref="ToString"/> hides it.</summary>
public readonly record struct PasswordHash(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => "***";
}
