using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Restores;
using Microsoft.Extensions.DependencyInjection;

namespace LxcNative.Orchestrator;

/// <summary>Registers what this library offers with a container of services.</summary>
public static class ServiceRegistration
{
    /// <summary>Adds <see cref="Checkpointer"/> and <see cref="Restorer"/>, one each for the whole program; they log to its loggers, where it has
    /// any.</summary>
    /// <param name="services">The program's services.</param>
    /// <returns><paramref name="services"/>.</returns>
    public static IServiceCollection AddLxcNative(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.Add(ServiceDescriptor.Singleton<Checkpointer, Checkpointer>());
        services.Add(ServiceDescriptor.Singleton<Restorer, Restorer>());
        return services;
    }
}
