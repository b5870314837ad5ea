using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace WebChat.Actors.Hosting;

/// <summary>Checks options by their annotations. An error names the configuration key.</summary>
/// <param name="section">The section that the options are read from, such as <c>WebChat:Auth</c>.</param>
public sealed class OptionsCheck<TOptions>(string section) : IValidateOptions<TOptions>
    where TOptions : class
{
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        var faults = new List<ValidationResult>();
        return Validator.TryValidateObject(options, new ValidationContext(options), faults, validateAllProperties: true)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(faults.Select(fault => $"{section}:{fault.MemberNames.FirstOrDefault()}: {fault.ErrorMessage}"));
    }
}
