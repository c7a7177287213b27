using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Scoring.City.Platform;

/// <summary>How a process or a check is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<HealthWord>))]
public enum HealthWord
{
    /// <summary>It is as it should be.</summary>
    Healthy = 0,

    /// <summary>It works, and an operator should act.</summary>
    Degraded = 1,

    /// <summary>It does not work.</summary>
    Unhealthy = 2,
}

/// <summary>What one check found.</summary>
/// <param name="Name">The check's name.</param>
/// <param name="Status">How it is.</param>
/// <param name="Found">What it found, in a sentence.</param>
/// <param name="Advice">What to do; <see langword="null"/> for a healthy check.</param>
/// <param name="Page">The section of the docs; <see langword="null"/> for a healthy check.</param>
public sealed record CheckDetail(string Name, HealthWord Status, string Found, string? Advice = null, string? Page = null);

/// <summary>The page of a process's health listener for its operator.</summary>
/// <param name="Status">How the process is: as its worst check.</param>
/// <param name="Process">Which process it is.</param>
/// <param name="Version">The version of its program.</param>
/// <param name="UpSeconds">For how many seconds it runs.</param>
/// <param name="Checks">What each check found.</param>
public sealed record HealthDetail(
    HealthWord Status, string Process, string Version, long UpSeconds, IReadOnlyList<CheckDetail> Checks)
{
    private const string Route = "health/detail";

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Reads the page of a process.</summary>
    /// <param name="http">The client.</param>
    /// <param name="address">The base address of the process's health listener.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="CityException">There is no such page at the address.</exception>
    public static async Task<HealthDetail> Read(HttpClient http, Uri address, CancellationToken cancellationToken)
    {
        try
        {
            var root = address.AbsoluteUri.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/");
            using var answer = await http.GetAsync(new Uri(root, Route), cancellationToken);
            if (answer.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable))
                throw new CityException($"It answers with {(int)answer.StatusCode}: it is no health listener. Give the one of Health:Url.");
            return await answer.Content.ReadFromJsonAsync<HealthDetail>(Format, cancellationToken)
                ?? throw new JsonException("It is empty.");
        }
        catch (JsonException)
        {
            throw new CityException("It is no health listener. Give the one of Health:Url.");
        }
        catch (HttpRequestException)
        {
            throw new CityException("Nothing answers. The process does not run, or Health:Url is not set or not reached from here.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CityException("It does not answer in time.");
        }
    }
}
