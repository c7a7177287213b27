using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Scoring.Client;

/// <summary>Checks the options of a registered client at start.</summary>
internal sealed class ScoringClientOptionsValidator : IValidateOptions<ScoringClientOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ScoringClientOptions options)
    {
        try
        {
            options.Validate();
            return ValidateOptionsResult.Success;
        }
        catch (ValidationException exception)
        {
            return ValidateOptionsResult.Fail(exception.Message);
        }
    }
}
