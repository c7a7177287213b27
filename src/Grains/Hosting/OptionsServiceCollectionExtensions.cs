using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Scoring.Hosting;

/// <summary>Registers options whose ranges are validated at start. A failure names every fault.</summary>
public static class OptionsServiceCollectionExtensions
{
    /// <summary>Binds options to a section and validates their annotations when the host starts.</summary>
    public static OptionsBuilder<T> AddChecked<T>(this IServiceCollection services, IConfiguration section) where T : class
    {
        services.AddSingleton<IValidateOptions<T>, Annotations<T>>();
        return services.AddOptions<T>().Bind(section).ValidateOnStart();
    }

    /// <summary>Binds options to a section of the host's configuration and validates their annotations when the host starts.</summary>
    public static OptionsBuilder<T> AddChecked<T>(this IServiceCollection services, string section) where T : class
    {
        services.AddSingleton<IValidateOptions<T>, Annotations<T>>();
        return services.AddOptions<T>().BindConfiguration(section).ValidateOnStart();
    }

    private sealed class Annotations<T> : IValidateOptions<T> where T : class
    {
        public ValidateOptionsResult Validate(string? name, T options)
        {
            var faults = new List<ValidationResult>();
            return Validator.TryValidateObject(options, new ValidationContext(options), faults, validateAllProperties: true)
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail(faults.Select(fault => $"{typeof(T).Name}: {fault.ErrorMessage}"));
        }
    }
}
