using System.CommandLine;

namespace Scoring.City.Commands;

/// <summary>Options that several commands share, with their defaults and ranges.</summary>
public static class CityOptions
{
    /// <summary>Where the platform is.</summary>
    public static Option<string> Standalone() => new("--standalone")
    {
        Description = "The file in which standalone says where it listens, with development credentials.",
        DefaultValueFactory = _ => ".data/standalone.json",
    };

    /// <summary>What every draw starts from.</summary>
    public static Option<string> Seed() => new("--seed")
    {
        Description = "What every made-up person, handle and draw starts from.",
        DefaultValueFactory = _ => "city",
    };

    /// <summary>Where made-up residents are kept.</summary>
    public static Option<string> State() => new("--state")
    {
        Description = "The file in which made-up residents are kept between runs; only its owner may read it.",
        DefaultValueFactory = _ => ".data/city.json",
    };

    /// <summary>Gateways to use in turn.</summary>
    public static Option<Uri[]> Gateway() => new("--gateway")
    {
        Description = "A gateway to use instead of the standalone file's address; repeat it to split requests over several.",
        CustomParser = result =>
        {
            var gateways = new List<Uri>();
            foreach (var token in result.Tokens)
                if (Uri.TryCreate(token.Value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https") gateways.Add(uri);
                else result.AddError($"{token.Value} is no http address.");
            return [.. gateways];
        },
    };

    /// <summary>Whether to compare.</summary>
    public static Option<bool> Verify() => new("--verify")
    {
        Description = "Recompute every score from what was sent, by City's own slow code, and compare.",
    };

    /// <summary>How many batches are under way at once.</summary>
    public static Option<int> Parallel() => Number("--parallel", "How many batches are under way at once, 1 to 64.", 4, 1, 64);

    /// <summary>Strangers among the people of a file.</summary>
    public static Option<int> StrangersEvery() => Number(
        "--strangers-every", "Every so manyth person of a file never enrols and is sent about all the same; 0 for none.", 10, 0, 1_000_000);

    /// <summary>A whole number within a range.</summary>
    public static Option<int> Number(string name, string description, int standard, int min, int max)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => standard };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is var value && (value < min || value > max))
                result.AddError($"{name} must be from {min} to {max}.");
        });
        return option;
    }
}
