using System.Text.Json;
using System.Text.Json.Serialization;

namespace Scoring.City.Platform;

/// <summary>The file that Standalone writes for clients on the same machine: its address and development credentials.</summary>
/// <param name="Address">Base address of the API.</param>
/// <param name="ClockFile">The file of the development clock; <see langword="null"/> when the platform uses the machine's clock.</param>
/// <param name="Issuer">The issuer of tokens for synthetic participants.</param>
/// <param name="Sources">The development sources.</param>
/// <param name="Services">The development services.</param>
/// <param name="Tokens">Tokens for the other roles.</param>
/// <param name="Installation">The audience of handle proofs; <see langword="null"/> when the platform names none.</param>
/// <param name="Things">What the linking pages of the development sources offer.</param>
/// <param name="Portal">The portal.</param>
/// <param name="Health">Base address of the health listener; <see langword="null"/> when it does not run.</param>
public sealed record StandaloneFile(
    Uri Address, string? ClockFile, DevelopmentIssuer Issuer, IReadOnlyList<DevelopmentSource> Sources,
    IReadOnlyList<DevelopmentService> Services, DevelopmentTokens? Tokens = null, string? Installation = null,
    IReadOnlyList<DevelopmentThing>? Things = null, DevelopmentPortal? Portal = null, Uri? Health = null)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Returns the token of a development administrator.</summary>
    /// <param name="number">The administrator's number, from 1.</param>
    /// <exception cref="CityException">The file has no such token.</exception>
    public string AdministratorToken(int number) =>
        Tokens?.Administrator is { } all && number >= 1 && number <= all.Count
            ? all[number - 1]
            : throw new CityException($"The standalone file has no token of administrator {number}.");

    /// <summary>The token of the development auditor.</summary>
    /// <exception cref="CityException">The file has no such token.</exception>
    [JsonIgnore]
    public string AuditorToken => Tokens?.Auditor ?? throw new CityException("The standalone file has no token of an auditor.");

    /// <summary>Reads the file.</summary>
    /// <exception cref="CityException">The file does not exist or is malformed.</exception>
    public static StandaloneFile Read(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return JsonSerializer.Deserialize<StandaloneFile>(file, Format) ?? throw new JsonException("It is empty.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new CityException(
                $"Cannot read {path} ({exception.Message}). Start the platform with ./run first, or set the path with --standalone.");
        }
    }
}

/// <summary>The tokens of the development administrators and the development auditor.</summary>
/// <param name="Administrator">One token for each development administrator.</param>
/// <param name="Auditor">The token of the development auditor.</param>
public sealed record DevelopmentTokens(IReadOnlyList<string> Administrator, string? Auditor = null);

/// <summary>The development issuer of access tokens.</summary>
public sealed record DevelopmentIssuer(string Issuer, string Audience, JsonElement SigningKey);

/// <summary>A development source with its token and the key that signs its handle proofs.</summary>
public sealed record DevelopmentSource(string Id, EventFamily Family, string Token, JsonElement SigningKey);

/// <summary>A development service with its token.</summary>
public sealed record DevelopmentService(string Id, string Programme, string Token, string? TestGrant = null);

/// <summary>A made-up thing that a person can link in the portal, as one source knows it in one programme.</summary>
public sealed record DevelopmentThing(string Id, string Programme, string Source, string Handle);

/// <summary>The portal.</summary>
/// <param name="Address">Its base address; <see langword="null"/> when it does not run.</param>
public sealed record DevelopmentPortal(Uri? Address);

/// <summary>The family of a source's events.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EventFamily>))]
public enum EventFamily
{
    /// <summary>Payments and refunds.</summary>
    Payment = 1,

    /// <summary>Driving, parking, trips.</summary>
    Traffic = 2,

    /// <summary>Inspections, check-ins, cameras.</summary>
    Surveillance = 3,
}
