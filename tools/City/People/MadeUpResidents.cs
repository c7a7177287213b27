using Scoring.City.Platform;

namespace Scoring.City.People;

/// <summary>
/// The things that people link in the portal, as subjects to send events about. Events about those that no person has linked leave no
/// trace.
/// </summary>
public static class MadeUpResidents
{
    /// <summary>Returns the things of a programme, each with the handles by which the sources know it.</summary>
    /// <exception cref="CityException">The platform offers nothing to link for the programme.</exception>
    public static IReadOnlyList<Resident> Of(StandaloneFile platform, string programme)
    {
        Resident[] all =
        [
            .. from thing in platform.Things ?? []
               where thing.Programme == programme
               group thing by thing.Id into one
               select new Resident(programme, one.Key, one.Key, null, [.. one.Select(HandleOf)]),
        ];
        return all.Length > 0 ? all : throw new CityException($"Nothing can be linked in the portal for {programme}.");

        Handle HandleOf(DevelopmentThing thing) =>
            new(thing.Source, platform.Sources.First(source => source.Id == thing.Source).Family, thing.Handle);
    }
}
