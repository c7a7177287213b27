using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Scoring.Hosting;

/// <summary>Registers options whose ranges are validated at start. A failure names every fault.</summary>
public static class OptionsServiceCollectionExtensions
{
    /// <summary>Binds options to a section and validates their annotations when the host starts.</summary>
    public static OptionsBuilder<T> AddChecked<T>(this IServiceCollection services, IConfigurationSection section) where T : class
    {
        services.AddSingleton<IValidateOptions<T>>(new Annotations<T>(section.Path));
        return services.AddOptions<T>().Bind(section).ValidateOnStart();
    }

    /// <summary>Binds options to a section of the host's configuration and validates their annotations when the host starts.</summary>
    public static OptionsBuilder<T> AddChecked<T>(this IServiceCollection services, string section) where T : class
    {
        services.AddSingleton<IValidateOptions<T>>(new Annotations<T>(section));
        return services.AddOptions<T>().BindConfiguration(section).ValidateOnStart();
    }

    private sealed class Annotations<T>(string section) : IValidateOptions<T> where T : class
    {
        public ValidateOptionsResult Validate(string? name, T options)
        {
            var faults = new List<ValidationResult>();
            return Validator.TryValidateObject(options, new ValidationContext(options), faults, validateAllProperties: true)
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail(faults.Select(Sentence));
        }

        /// <summary>Names the setting in full, unless the message does already.</summary>
        private string Sentence(ValidationResult fault) =>
            fault.ErrorMessage?.Contains(section + ":", StringComparison.Ordinal) == true ? fault.ErrorMessage
            : fault.MemberNames.FirstOrDefault() is { } name ? $"{section}:{name}: {fault.ErrorMessage}"
            : $"{section}: {fault.ErrorMessage}";
    }
}
