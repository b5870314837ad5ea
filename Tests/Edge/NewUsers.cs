using WebChat.Clients;
using WebChat.V1;

namespace WebChat.Tests.Edge;

/// <summary>Accounts for tests.</summary>
internal static class NewUsers
{
    /// <summary>Signs a user up under a new name, with a profile that may search.</summary>
    public static async Task<Credentials> SignUpAsync(this ChatApi api, string nickname, Profile.Types.Gender gender, params Profile.Types.Gender[] preferred)
    {
        var user = await api.SignUpAsync($"u_{Guid.NewGuid():N}"[..20], "correct horse battery", nickname);
        await api.UpdateProfileAsync(user.AccessToken, new() { BirthDate = "1990-01-02", Gender = gender, PreferredGenders = { preferred } });
        return user;
    }
}
