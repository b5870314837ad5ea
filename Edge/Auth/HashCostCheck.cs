using Microsoft.Extensions.Options;
using WebChat.Actors.Options;

namespace WebChat.Edge.Auth;

/// <summary>Refuses cheap password hashes in Production. Tests and trials may have them.</summary>
public sealed class HashCostCheck(IHostEnvironment environment) : IValidateOptions<AuthOptions>
{
    private const int CheapestInProduction = 10;

    public ValidateOptionsResult Validate(string? name, AuthOptions options) =>
        environment.IsProduction() && options.BcryptWorkFactor < CheapestInProduction
            ? ValidateOptionsResult.Fail($"WebChat:Auth:{nameof(options.BcryptWorkFactor)}: must be at least {CheapestInProduction} in Production.")
            : ValidateOptionsResult.Success;
}
