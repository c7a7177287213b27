using Microsoft.Extensions.Options;

namespace Scoring.Settings;

/// <summary>Registers options that are checked at start. A failure names every fault.</summary>
public static class SettingsServiceCollectionExtensions
{
    /// <summary>Binds options to a section and checks their annotations when the host starts.</summary>
    public static OptionsBuilder<T> AddSettings<T>(this IServiceCollection services, IConfiguration configuration, string section)
        where T : class
    {
        services.AddSingleton<IValidateOptions<T>>(new SettingAnnotations<T>(section));
        return services.AddOptions<T>().Bind(configuration.GetSection(section)).ValidateOnStart();
    }

    private sealed class SettingAnnotations<T>(string section) : IValidateOptions<T> where T : class
    {
        public ValidateOptionsResult Validate(string? name, T options) =>
            SettingsSection.FindFaults(section, options).ToArray() is { Length: > 0 } faults
                ? ValidateOptionsResult.Fail(faults)
                : ValidateOptionsResult.Success;
    }
}
